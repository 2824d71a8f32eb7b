// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.Source;
import java.util.Arrays;

/**
 * Event time of one engine: how far everything it did is known. Driven by values only.
 *
 * <ul>
 *   <li>A punctuation at T that declares what was sent moves the watermark to T once all of that
 *       has been seen, in whatever order the topics were read. Records that never come hold it back
 *       until a punctuation {@code punctuationGrace} newer is there and the missing stream is
 *       quiet.
 *   <li>An engine that declares nothing is given {@code outOfOrder} after its newest event.
 *   <li>A silent engine follows the venue's clock, and under source LIVE or PAPER the wall clock,
 *       at a distance.
 * </ul>
 *
 * Evidence of absence (a quiet stream, a silent engine) is measured in timer firings and needs a
 * warm judge: just after a start nobody knows what is still to be read.
 */
public final class EngineClock {
  private static final int MAX_RUNS = 8;

  /** Silence is completed by no record: which one had been read by then is chance. */
  private static final long NO_RECORD = 0;

  private final ClockSettings settings;
  private final ClockState state;

  /** A view on the state; cheap, make one per call. */
  public EngineClock(ClockSettings settings, ClockState state) {
    this.settings = settings;
    this.state = state;
  }

  /**
   * Notes events of this engine.
   *
   * @param ingestUs their newest append time
   */
  public void sawEvents(Source source, long firstEventUs, long lastEventUs, long ingestUs) {
    state.source = source == null ? state.source : source;
    state.firstEventUs =
        state.firstEventUs == 0 ? firstEventUs : Math.min(state.firstEventUs, firstEventUs);
    state.maxEventUs = Math.max(state.maxEventUs, lastEventUs);
    sawOwn(ingestUs);
  }

  /** Notes any sign of life of this engine. */
  public void sawOwn(long ingestUs) {
    state.newestIngestUs = Math.max(state.newestIngestUs, ingestUs);
    state.ownFiring = state.firings;
  }

  /** Notes how far a stream has been seen. */
  public void sawStream(EngineStream stream, String runId, long highestSeq) {
    state.streamFiring[stream.index()] = state.firings;
    keepHighest(stream, runId, highestSeq);
  }

  /** Once a run's punctuation is believed, all its streams count as begun. */
  private void noteRun(String runId) {
    for (int stream = 0; stream < EngineStream.HEALTH.index(); stream++) {
      keepHighest(EngineStream.of(stream), runId, 0);
    }
  }

  private void keepHighest(EngineStream stream, String runId, long highestSeq) {
    for (ClockState.Seen seen : state.seen) {
      if (seen.stream == stream.index() && seen.runId.equals(runId)) {
        seen.highestSeq = Math.max(seen.highestSeq, highestSeq);
        return;
      }
    }
    ClockState.Seen fresh = new ClockState.Seen();
    fresh.stream = stream.index();
    fresh.runId = runId;
    fresh.highestSeq = highestSeq;
    ClockState.Seen[] all = state.seen;
    if (all.length >= MAX_RUNS * EngineStream.count()) {
      all = Arrays.copyOfRange(all, 1, all.length);
    }
    all = Arrays.copyOf(all, all.length + 1);
    all[all.length - 1] = fresh;
    state.seen = all;
  }

  /** Takes a heartbeat's word; heartbeats come in their stream's order. */
  public void punctuate(Punctuation punctuation) {
    state.heardHealth = true;
    state.declares = punctuation.declares();
    if (runIndex(punctuation.runId()) < 0) {
      String[] runs = state.runs;
      if (runs.length == MAX_RUNS) {
        runs = Arrays.copyOfRange(runs, 1, runs.length);
      }
      runs = Arrays.copyOf(runs, runs.length + 1);
      runs[runs.length - 1] = punctuation.runId();
      state.runs = runs;
    }
    if (punctuation.declares() && punctuation.eventTimeUs() > state.watermarkUs) {
      enqueue(punctuation);
    }
  }

  /** Takes the venue's word on the time. */
  public void sawVenue(long venueClockUs, long ingestUs) {
    if (venueClockUs > state.venueClockUs) {
      state.venueClockUs = venueClockUs;
      state.venueFiring = state.firings;
    }
    state.venueIngestUs = Math.max(state.venueIngestUs, ingestUs);
  }

  /** Counts one firing of the timer. */
  public void fired() {
    state.firings++;
  }

  /**
   * Takes the oldest waiting punctuation if it may be believed now, and moves the watermark to it.
   *
   * @param warm whether evidence of absence counts
   * @param endOfInput nothing more will ever come
   * @return the punctuation, null when none may be believed
   */
  public Punctuation release(boolean warm, boolean endOfInput) {
    if (state.pendingHead == state.pendingEnd) {
      return null;
    }
    Punctuation head = state.pending[state.pendingHead];
    if (!satisfied(head) && !endOfInput && !(warm && lost(head))) {
      return null;
    }
    state.pending[state.pendingHead++] = null;
    noteRun(head.runId());
    moveTo(head.eventTimeUs(), head.ingestUs());
    return head;
  }

  /**
   * Moves the watermark by the rules that need no punctuation.
   *
   * @param nowUs wall clock, used for sources LIVE and PAPER only
   */
  public void follow(boolean warm, boolean endOfInput, long nowUs, Source unknownSource) {
    if (undeclared(warm || endOfInput, endOfInput)) {
      moveTo(state.maxEventUs - settings.outOfOrderUs(), state.newestIngestUs);
    }
    if (venueSilence(warm, endOfInput)) {
      moveTo(state.venueClockUs - settings.idleLagUs(), NO_RECORD);
    }
    Source source = state.source == null ? unknownSource : state.source;
    if (wallClock(source) && warm && wallSilence(nowUs)) {
      moveTo(nowUs - settings.idleLagUs(), NO_RECORD);
    }
  }

  /** True while something waits that only time can decide: the timer must run fast. */
  public boolean needsFirings() {
    return state.pendingHead < state.pendingEnd
        || state.venueClockUs - state.watermarkUs >= settings.idleGraceUs()
        || (!state.heardHealth && state.maxEventUs > 0);
  }

  /** True when the wall clock judges silence for this provenance. */
  public static boolean wallClock(Source source) {
    return source == Source.LIVE || source == Source.PAPER;
  }

  private void enqueue(Punctuation punctuation) {
    int end = state.pendingEnd;
    if (end > state.pendingHead) {
      Punctuation last = state.pending[end - 1];
      boolean sameRun = last.runId().equals(punctuation.runId());
      if (sameRun && cell(last) == cell(punctuation)) {
        return; // the earlier one closes the same buckets and asks for less
      }
      if (end - state.pendingHead >= settings.maxPending()) {
        state.pending[end - 1] = punctuation;
        return;
      }
    }
    state.settlingFiring = state.firings;
    if (end == state.pending.length) {
      int size = end - state.pendingHead;
      Punctuation[] room = new Punctuation[Math.max(8, size * 2)];
      System.arraycopy(state.pending, state.pendingHead, room, 0, size);
      state.pending = room;
      state.pendingHead = 0;
      state.pendingEnd = size;
    }
    state.pending[state.pendingEnd++] = punctuation;
  }

  private long cell(Punctuation punctuation) {
    return Math.floorDiv(punctuation.eventTimeUs(), settings.widthUs());
  }

  private boolean satisfied(Punctuation punctuation) {
    return satisfied(punctuation, EngineStream.TICKS)
        && satisfied(punctuation, EngineStream.ORDERS)
        && satisfied(punctuation, EngineStream.FILLS);
  }

  /**
   * Seen up to the declared number, or seen of a later run: within a stream order is kept. A new
   * run that has sent nothing yet says nothing of the run before it, whose end may still be unread.
   */
  private boolean satisfied(Punctuation punctuation, EngineStream stream) {
    long sent = punctuation.sent(stream);
    int run = runIndex(punctuation.runId());
    if (sent == 0 && run <= 0) {
      return true;
    }
    for (ClockState.Seen seen : state.seen) {
      if (seen.stream != stream.index()) {
        continue;
      }
      boolean same = seen.runId.equals(punctuation.runId());
      if (same ? seen.highestSeq >= sent : runIndex(seen.runId) > run) {
        return true;
      }
    }
    return false;
  }

  private boolean lost(Punctuation head) {
    if (state.firings - state.settlingFiring < settings.settleFirings()) {
      return false;
    }
    Punctuation newest = state.pending[state.pendingEnd - 1];
    boolean graceOver = newest.eventTimeUs() - head.eventTimeUs() >= settings.punctuationGraceUs();
    for (int index = 0; index < EngineStream.HEALTH.index(); index++) {
      EngineStream stream = EngineStream.of(index);
      boolean quiet = state.firings - state.streamFiring[index] >= settings.quietFirings();
      boolean nothingToComeFor = quiet && (graceOver || head.sent(stream) == 0);
      if (!satisfied(head, stream) && !nothingToComeFor) {
        return false;
      }
    }
    return true;
  }

  private boolean undeclared(boolean warm, boolean endOfInput) {
    if (state.maxEventUs == 0 || state.declares) {
      return false;
    }
    boolean neverHeard =
        warm
            && state.maxEventUs - state.firstEventUs >= settings.idleGraceUs()
            && (endOfInput || state.firings >= settings.quietFirings());
    return state.heardHealth || neverHeard;
  }

  private boolean venueSilence(boolean warm, boolean endOfInput) {
    boolean ahead =
        state.venueClockUs > 0
            && state.venueClockUs - state.watermarkUs >= settings.idleGraceUs()
            && state.venueIngestUs - state.newestIngestUs >= settings.idleIngestGapUs();
    boolean quiet =
        warm
            && state.firings - state.ownFiring >= settings.quietFirings()
            && state.firings - state.venueFiring >= settings.settleFirings();
    return ahead && (quiet || endOfInput);
  }

  private boolean wallSilence(long nowUs) {
    return nowUs - state.watermarkUs >= settings.idleGraceUs()
        && nowUs - state.newestIngestUs >= settings.idleGraceUs()
        && state.firings - state.ownFiring >= settings.settleFirings();
  }

  private void moveTo(long eventTimeUs, long ingestUs) {
    if (eventTimeUs > state.watermarkUs) {
      state.watermarkUs = eventTimeUs;
      state.decidedIngestUs = ingestUs;
    }
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
