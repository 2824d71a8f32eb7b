// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

import dev.sluice.rules.bucket.EngineClock;
import dev.sluice.rules.bucket.JumpCheck;
import dev.sluice.schemas.SnapshotStatus;
import java.util.Arrays;

/**
 * One who numbers streams about an engine: the engine itself, or its venue. Tells the messages of
 * each stream in the order of their numbers and knows how far everything has been told.
 *
 * <ul>
 *   <li>A word of the speaker at T that declares what was sent moves its clock to T once numbers as
 *       high have been seen, in whatever order the topics were read.
 *   <li>A hole holds its stream, and what the speaker is said to have told, until the clock or the
 *       stream itself has passed the hole's upper neighbour by the grace.
 *   <li>A speaker that declares nothing is given the bound of disorder after its newest message.
 * </ul>
 */
final class Speaker {
  private static final int MAX_RUNS = 8;
  private static final long SAME_WORD_US = 500_000;

  private final SequenceLimits limits;
  private final SpeakerState state;
  private final SequenceOutput output;

  Speaker(SequenceLimits limits, SpeakerState state, SequenceOutput output) {
    this.limits = limits;
    this.state = state;
    this.output = output;
  }

  void take(EngineEvent event, EventStream stream) {
    long seq = Stamp.seq(event);
    StreamCursor cursor = cursor(stream, event, seq);
    if (cursor.knows(seq)) {
      boolean late = cursor.passedOver(seq);
      output.count(late ? SequenceCount.TOO_LATE : SequenceCount.DUPLICATES, 1);
      return;
    }
    cursor.highestSeq = Math.max(cursor.highestSeq, seq);
    boolean suspect = !EngineClock.wallClock(event.source()) && jumps(event, stream);
    if (!suspect) {
      believe(cursor, event);
    }
    if (seq == 1 && cursor.nextSeq == 0) {
      cursor.nextSeq = 1;
    }
    if (seq == cursor.nextSeq && !suspect) {
      tell(cursor, event);
    } else {
      cursor.hold(seq, event, suspect);
    }
    drain(cursor);
  }

  /** Moves the clock by a word of somebody else who knows. */
  void follow(long clockUs) {
    if (clockUs > state.clockUs) {
      state.clockUs = clockUs;
      while (state.words.length > 0 && state.words[0].atUs() <= clockUs) {
        passTrailing(state.words[0]);
        settle(popWord());
      }
    }
  }

  /** Moves the clock as far as the words go, and gives up what time has passed. */
  void advance() {
    while (state.words.length > 0 && satisfied(state.words[0])) {
      Word word = popWord();
      state.clockUs = Math.max(state.clockUs, word.atUs());
      settle(word);
    }
    if (state.heardWord && !state.declares) {
      state.clockUs = Math.max(state.clockUs, state.newestUs - limits.outOfOrderUs());
    }
    for (StreamCursor cursor : state.cursors) {
      if (cursor.waiting() > 0) {
        review(cursor);
      }
    }
    state.saidUs = Math.max(state.saidUs, toldUs());
  }

  /** Nothing more will ever come: everything waiting is told, suspects are refused. */
  void end() {
    while (state.words.length > 0) {
      Word word = popWord();
      state.clockUs = Math.max(state.clockUs, word.atUs());
      settle(word);
    }
    state.clockUs = Math.max(state.clockUs, state.newestUs);
    for (StreamCursor cursor : state.cursors) {
      for (int at = cursor.head; at < cursor.end; at++) {
        if (cursor.suspect[at]) {
          deny(cursor, at);
        }
      }
      while (cursor.waiting() > 0) {
        skipToHead(cursor);
      }
    }
    state.saidUs = Math.max(state.saidUs, state.clockUs);
  }

  int waiting() {
    int sum = 0;
    for (StreamCursor cursor : state.cursors) {
      sum += cursor.waiting();
    }
    return sum;
  }

  /** Gives up the oldest hole; false when nothing waits. */
  boolean giveUpOldest() {
    StreamCursor oldest = null;
    for (StreamCursor cursor : state.cursors) {
      if (cursor.waiting() > 0 && (oldest == null || headUs(cursor) < headUs(oldest))) {
        oldest = cursor;
      }
    }
    if (oldest == null) {
      return false;
    }
    skipPastSuspects(oldest);
    return true;
  }

  private static long headUs(StreamCursor cursor) {
    EngineEvent event = cursor.held[cursor.head];
    return event == null ? Long.MIN_VALUE : Stamp.timeUs(event);
  }

  private void believe(StreamCursor cursor, EngineEvent event) {
    long timeUs = Stamp.timeUs(event);
    cursor.newestUs = Math.max(cursor.newestUs, timeUs);
    state.newestUs = Math.max(state.newestUs, timeUs);
    if (event.health() != null) {
      noteWord(Word.of(event.health()), event.health().runId());
    } else if (cursor.stream == EventStream.VENUE_LEDGER.index()
        && (event.ledger().status() != SnapshotStatus.FAILED
            || event.ledger().sentDropCopies() != null)) {
      noteWord(Word.of(event.ledger()), event.ledger().runId());
    }
  }

  private void noteWord(Word word, String runId) {
    state.heardWord = true;
    state.declares = word != null;
    if (runIndex(runId) < 0) {
      String[] runs = state.runs;
      if (runs.length == MAX_RUNS) {
        runs = Arrays.copyOfRange(runs, 1, runs.length);
      }
      state.runs = Arrays.copyOf(runs, runs.length + 1);
      state.runs[runs.length] = runId;
    }
    if (word == null || word.atUs() <= state.clockUs) {
      return;
    }
    Word[] words = state.words;
    int at = words.length;
    while (at > 0 && words[at - 1].atUs() > word.atUs()) {
      at--;
    }
    boolean same = at > 0 && words[at - 1].runId().equals(runId);
    if (same && word.atUs() - words[at - 1].atUs() < SAME_WORD_US) {
      return; // the earlier one says nearly the same and asks for less
    }
    if (words.length >= limits.maxWords()) {
      if (at == words.length) {
        words[at - 1] = word;
      }
      return; // no room: the newest gives way
    }
    state.words = Arrays.copyOf(words, words.length + 1);
    System.arraycopy(words, at, state.words, at + 1, words.length - at);
    state.words[at] = word;
  }

  private Word popWord() {
    Word word = state.words[0];
    state.words = Arrays.copyOfRange(state.words, 1, state.words.length);
    return word;
  }

  private boolean satisfied(Word word) {
    for (int index = 0; index < EventStream.count(); index++) {
      EventStream stream = EventStream.of(index);
      if (word.declares(stream) && !satisfied(word, stream)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Seen up to the declared number, or seen of a later run. A new run that has sent nothing yet
   * says nothing of the run before it, whose end may still be unread.
   */
  private boolean satisfied(Word word, EventStream stream) {
    int run = runIndex(word.runId());
    if (word.sent(stream) == 0 && run <= 0) {
      return true;
    }
    for (StreamCursor cursor : state.cursors) {
      if (cursor.stream == stream.index()) {
        boolean same = cursor.runId.equals(word.runId());
        if (same ? cursor.highestSeq >= word.sent(stream) : runIndex(cursor.runId) > run) {
          return true;
        }
      }
    }
    return false;
  }

  /** The word is true: its run has begun in all its streams, and what it covers can be judged. */
  private void settle(Word word) {
    for (int index = 0; index < EventStream.count(); index++) {
      if (word.declares(EventStream.of(index))) {
        StreamCursor cursor = find(index, word.runId());
        if (cursor == null) {
          cursor = begin(index, word.runId());
          cursor.firstSeq = word.sent()[index] + 1;
          cursor.nextSeq = cursor.firstSeq;
          cursor.highestSeq = word.sent()[index];
        }
        judgeCovered(cursor, word.sent()[index], word.atUs() + limits.stepUs());
      }
    }
  }

  /** What was declared and never came is not waited for any more. */
  private void passTrailing(Word word) {
    for (StreamCursor cursor : state.cursors) {
      long sent = word.sent()[cursor.stream];
      boolean passed = cursor.runId.equals(word.runId()) && cursor.waiting() == 0;
      if (passed && cursor.nextSeq > 0 && cursor.nextSeq <= sent) {
        output.count(SequenceCount.GIVEN_UP, cursor.skipTo(sent + 1));
        cursor.highestSeq = Math.max(cursor.highestSeq, sent);
      }
    }
  }

  /** What was sent before T did not happen long after T. */
  private void judgeCovered(StreamCursor cursor, long sent, long latestUs) {
    for (int at = cursor.head; at < cursor.end && cursor.seqs[at] <= sent; at++) {
      if (cursor.suspect[at]) {
        if (Stamp.timeUs(cursor.held[at]) <= latestUs) {
          confirm(cursor, at);
        } else {
          deny(cursor, at);
        }
      }
    }
    drain(cursor);
  }

  /** True when the message is a suspect; judges those before it. */
  private boolean jumps(EngineEvent event, EventStream stream) {
    JumpCheck jump = state.jumps[stream.index()];
    jump.highestUs = jump.highestUs == 0 ? 0 : Math.max(jump.highestUs, state.clockUs);
    return switch (jump.judge(Stamp.timeUs(event), limits.stepUs())) {
      case PLAUSIBLE -> false;
      case PLAUSIBLE_DENIES -> {
        resolve(stream, false);
        yield false;
      }
      case PLAUSIBLE_CONFIRMS -> {
        resolve(stream, true);
        yield false;
      }
      case SUSPECT -> true;
      case SUSPECT_DENIES -> {
        resolve(stream, false);
        yield true;
      }
    };
  }

  private void resolve(EventStream stream, boolean confirmed) {
    for (StreamCursor cursor : state.cursors) {
      if (cursor.stream == stream.index() && cursor.waiting() > 0) {
        for (int at = cursor.head; at < cursor.end; at++) {
          if (cursor.suspect[at] && confirmed) {
            confirm(cursor, at);
          } else if (cursor.suspect[at]) {
            deny(cursor, at);
          }
        }
        drain(cursor);
      }
    }
  }

  private void confirm(StreamCursor cursor, int at) {
    cursor.suspect[at] = false;
    cursor.suspects--;
    believe(cursor, cursor.held[at]);
  }

  private void deny(StreamCursor cursor, int at) {
    EngineEvent wrong = cursor.held[at];
    cursor.suspect[at] = false;
    cursor.suspects--;
    cursor.held[at] = null;
    long aheadMs = (Stamp.timeUs(wrong) - Math.max(cursor.newestUs, state.clockUs)) / 1_000;
    output.count(SequenceCount.QUARANTINED, 1);
    output.quarantined(wrong, "event time is " + aheadMs + " ms ahead of its stream");
  }

  private void review(StreamCursor cursor) {
    for (int at = cursor.head; cursor.suspects > 0 && at < cursor.end; at++) {
      if (cursor.suspect[at] && Stamp.timeUs(cursor.held[at]) <= state.clockUs + limits.stepUs()) {
        confirm(cursor, at);
      }
    }
    long seenUs = Math.max(state.clockUs, cursor.newestUs);
    if (cursor.nextSeq == 0 && seenUs >= cursor.joinedUs + limits.outOfOrderUs()) {
      cursor.skipTo(cursor.seqs[cursor.head]);
    }
    drain(cursor);
    while (cursor.hasHole()) {
      int first = cursor.firstBelieved();
      boolean passed = first >= 0 && seenUs >= Stamp.timeUs(cursor.held[first]) + limits.graceUs();
      if (!passed) {
        return;
      }
      skipToHead(cursor);
    }
  }

  private void skipToHead(StreamCursor cursor) {
    long skipped = cursor.skipTo(cursor.seqs[cursor.head]);
    if (skipped > 0) {
      output.count(SequenceCount.GIVEN_UP, skipped);
    }
    drain(cursor);
  }

  private void drain(StreamCursor cursor) {
    while (cursor.head < cursor.end
        && cursor.seqs[cursor.head] == cursor.nextSeq
        && !cursor.suspect[cursor.head]) {
      EngineEvent event = cursor.held[cursor.head];
      cursor.dropHead();
      if (event == null) {
        cursor.nextSeq++;
      } else {
        tell(cursor, event);
      }
    }
  }

  private void tell(StreamCursor cursor, EngineEvent event) {
    cursor.nextSeq++;
    cursor.toldUs = Math.max(cursor.toldUs, Stamp.timeUs(event));
    output.event(event);
  }

  /** The clock, held back by what is still missing. */
  private long toldUs() {
    long toldUs = state.clockUs;
    for (StreamCursor cursor : state.cursors) {
      boolean beginningUnknown = cursor.nextSeq == 0;
      if (beginningUnknown || cursor.hasHole()) {
        toldUs = Math.min(toldUs, cursor.toldUs);
      }
    }
    return toldUs;
  }

  private StreamCursor cursor(EventStream stream, EngineEvent event, long seq) {
    String runId = Stamp.runId(event);
    StreamCursor found = find(stream.index(), runId);
    if (found != null) {
      return found;
    }
    boolean first = true;
    for (StreamCursor cursor : state.cursors) {
      first &= cursor.stream != stream.index();
    }
    StreamCursor fresh = begin(stream.index(), runId);
    fresh.joinedUs = Stamp.timeUs(event);
    fresh.nextSeq = first && seq > 1 ? 0 : 1;
    return fresh;
  }

  private StreamCursor find(int stream, String runId) {
    for (StreamCursor cursor : state.cursors) {
      if (cursor.stream == stream && cursor.runId.equals(runId)) {
        return cursor;
      }
    }
    return null;
  }

  private StreamCursor begin(int stream, String runId) {
    StreamCursor fresh = new StreamCursor();
    fresh.stream = stream;
    fresh.runId = runId;
    fresh.toldUs = state.saidUs;
    StreamCursor[] all = state.cursors;
    if (all.length >= MAX_RUNS * EventStream.count()) {
      while (all[0].waiting() > 0) {
        skipPastSuspects(all[0]);
      }
      all = Arrays.copyOfRange(all, 1, all.length);
    }
    state.cursors = Arrays.copyOf(all, all.length + 1);
    state.cursors[all.length] = fresh;
    return fresh;
  }

  private void skipPastSuspects(StreamCursor cursor) {
    if (cursor.suspect[cursor.head]) {
      deny(cursor, cursor.head);
    }
    skipToHead(cursor);
  }

  private int runIndex(String runId) {
    for (int i = 0; i < state.runs.length; i++) {
      if (state.runs[i].equals(runId)) {
        return i;
      }
    }
    return -1;
  }
}
