// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.rules.bucket.EngineClock;
import dev.sluice.rules.bucket.EngineStream;
import dev.sluice.rules.bucket.MidSeries;
import dev.sluice.rules.bucket.PendingFill;
import dev.sluice.rules.bucket.Punctuation;
import dev.sluice.schemas.Bucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts the parts of one engine's buckets together and closes them in order as its clock moves.
 * Knows nothing of Flink; the function is its shell. Made for one engine and one call.
 */
final class EngineMerger {
  private static final int MAX_SUSPECTS = 256;

  /** Buckets judged before the one of the first heartbeat. */
  private static final int MAX_BEFORE_FIRST = 6;

  private final String engineId;
  private final BucketSettings settings;
  private final EngineState state;
  private final OpenBuckets open;
  private final BucketCloser closer;
  private final MergeOutput output;
  private final EngineClock clock;

  EngineMerger(
      String engineId,
      BucketSettings settings,
      EngineState state,
      OpenBuckets open,
      BucketCloser closer,
      MergeOutput output) {
    this.engineId = engineId;
    this.settings = settings;
    this.state = state;
    this.open = open;
    this.closer = closer;
    this.output = output;
    this.clock = new EngineClock(settings.clock(), state.clock);
  }

  /** Takes what the operator beside the source learned. */
  void apply(EngineUpdate update) {
    if (update.newestIngestUs() > 0) {
      clock.sawOwn(update.newestIngestUs());
    }
    if (update.lastEventUs() > 0) {
      clock.sawEvents(
          update.source(), update.firstEventUs(), update.lastEventUs(), update.newestIngestUs());
    }
    for (StreamSeen seen : update.seen()) {
      clock.sawStream(EngineStream.of(seen.stream()), seen.runId(), seen.highestSeq());
    }
    for (Resolution resolution : update.resolutions()) {
      resolve(resolution);
    }
    for (Suspect suspect : update.suspects()) {
      hold(suspect);
    }
    for (Bucket part : update.parts()) {
      place(part);
    }
    for (BucketMids mids : update.mids()) {
      place(mids.startUs(), mids.series());
    }
    for (PendingFill fill : update.fills()) {
      place(fill);
    }
    for (Punctuation punctuation : update.punctuations()) {
      clock.punctuate(punctuation);
    }
    if (update.venueClockUs() > 0) {
      clock.sawVenue(update.venueClockUs(), update.venueIngestUs());
    }
  }

  /** Moves the clock as far as the evidence goes and closes what it passes. */
  void advance(boolean warm, boolean endOfInput, long nowUs) {
    Punctuation released = clock.release(warm, endOfInput);
    while (released != null) {
      decideSuspects(released);
      begin(released);
      closeUpTo(state.clock.watermarkUs);
      released = clock.release(warm, endOfInput);
    }
    clock.follow(warm, endOfInput, nowUs, settings.rosterSource());
    closeUpTo(state.clock.watermarkUs);
    if (endOfInput) {
      for (Suspect suspect : state.suspects) {
        deny(suspect);
      }
      state.suspects = new Suspect[0];
    }
  }

  /** Counts a firing of the timer. */
  void fired() {
    clock.fired();
  }

  boolean needsFirings() {
    return clock.needsFirings();
  }

  private void hold(Suspect suspect) {
    if (state.suspects.length >= MAX_SUSPECTS) {
      deny(suspect);
      return;
    }
    state.suspects = Arrays.copyOf(state.suspects, state.suspects.length + 1);
    state.suspects[state.suspects.length - 1] = suspect;
  }

  private void resolve(Resolution resolution) {
    Suspect[] held = state.suspects;
    if (held.length == 0) {
      return;
    }
    List<Suspect> still = new ArrayList<>();
    for (Suspect suspect : held) {
      if (suspect.stream() != resolution.stream()) {
        still.add(suspect);
      } else {
        decide(suspect, resolution.confirmed());
      }
    }
    state.suspects = still.toArray(new Suspect[0]);
  }

  /**
   * The first punctuation that covers a suspect says whether its time can be: what was sent before
   * T did not happen long after T.
   */
  private void decideSuspects(Punctuation released) {
    Suspect[] held = state.suspects;
    if (held.length == 0) {
      return;
    }
    long latestUs = released.eventTimeUs() + settings.maxStepMs() * 1_000;
    List<Suspect> still = new ArrayList<>();
    for (Suspect suspect : held) {
      boolean covered =
          suspect.runId().equals(released.runId())
              && suspect.seq() <= released.sent(EngineStream.of(suspect.stream()));
      if (covered) {
        decide(suspect, suspect.eventTimeUs() <= latestUs);
      } else {
        still.add(suspect);
      }
    }
    state.suspects = still.toArray(new Suspect[0]);
  }

  private void decide(Suspect suspect, boolean confirmed) {
    if (!confirmed) {
      deny(suspect);
      return;
    }
    long atUs = suspect.eventTimeUs();
    clock.sawEvents(suspect.part().source(), atUs, atUs, 0);
    place(suspect.part());
    if (suspect.mid() != null) {
      place(settings.startOf(atUs), suspect.mid());
    }
    if (suspect.fill() != null) {
      place(suspect.fill());
    }
    if (suspect.punctuation() != null) {
      clock.punctuate(suspect.punctuation());
    }
  }

  private void deny(Suspect suspect) {
    output.deadLetter(suspect.letter());
    output.count(InputFault.QUARANTINED, 1);
    place(closer.quarantined(engineId, suspect.blameUs()));
  }

  private boolean tooLate(long startUs) {
    return startUs < state.closedUpToUs;
  }

  private void place(Bucket part) {
    if (tooLate(part.startUs()) || part.startUs() == 0 || noRoom(part.startUs())) {
      late(part);
      return;
    }
    OpenStart before = openAt(part.startUs());
    open.put(
        part.startUs(),
        new OpenStart(closer.withPart(before.parts(), part), before.mids(), before.fills()));
  }

  /**
   * Each late event is counted once by the whole engine's bucket that closes next and said once in
   * an amendment. Before the first bucket has closed no start is known to be next: what finds no
   * room then is an amendment at 0, counted by the engine's first bucket.
   */
  private void late(Bucket part) {
    output.count(InputFault.LATE, part.events());
    state.carried = closer.addLate(engineId, state.carried, part);
    if (part.events() > 0) {
      output.amendment(closer.amendment(part, state.closedUpToUs));
    }
  }

  private void place(long startUs, MidSeries series) {
    if (tooLate(startUs) || noRoom(startUs)) {
      return;
    }
    OpenStart before = openAt(startUs);
    open.put(
        startUs,
        new OpenStart(
            before.parts(), BucketCloser.withMids(before.mids(), series), before.fills()));
  }

  private void place(PendingFill fill) {
    long startUs = settings.startOf(fill.atUs());
    if (tooLate(startUs) || noRoom(startUs)) {
      return;
    }
    OpenStart before = openAt(startUs);
    PendingFill[] fills = Arrays.copyOf(before.fills(), before.fills().length + 1);
    fills[fills.length - 1] = fill;
    open.put(startUs, new OpenStart(before.parts(), before.mids(), fills));
  }

  private boolean noRoom(long startUs) {
    return state.openStarts >= settings.maxOpenStarts() && open.get(startUs) == null;
  }

  private OpenStart openAt(long startUs) {
    OpenStart before = open.get(startUs);
    if (before != null) {
      return before;
    }
    state.openStarts++;
    if (state.firstStartUs == 0 || startUs < state.firstStartUs) {
      state.firstStartUs = startUs;
    }
    return OpenStart.EMPTY;
  }

  /**
   * The first believed heartbeat says where this engine's time begins. What claims to be long
   * before it is no reason to judge the time between as empty.
   */
  private void begin(Punctuation first) {
    if (state.closedUpToUs > 0) {
      return;
    }
    long endUs = settings.startOf(first.eventTimeUs());
    long earliestUs = endUs - MAX_BEFORE_FIRST * settings.widthUs();
    long seenUs = state.firstStartUs > 0 ? state.firstStartUs : endUs;
    state.closedUpToUs = Math.min(endUs, seenUs);
    if (seenUs >= earliestUs) {
      return;
    }
    state.closedUpToUs = endUs;
    for (long startUs : open.starts()) {
      if (startUs >= earliestUs) {
        state.closedUpToUs = Math.min(endUs, startUs);
        break;
      }
    }
    for (long startUs : open.starts()) {
      if (startUs < state.closedUpToUs) {
        Bucket[] parts = open.get(startUs).parts();
        open.remove(startUs);
        state.openStarts--;
        for (Bucket part : parts) {
          place(part);
        }
      }
    }
  }

  private void closeUpTo(long watermarkUs) {
    long widthUs = settings.widthUs();
    long endUs = settings.startOf(watermarkUs);
    if (endUs <= state.closedUpToUs) {
      return;
    }
    long fromUs = state.closedUpToUs;
    if (fromUs == 0) {
      // What was before an engine's first word is nobody's.
      fromUs = state.firstStartUs > 0 ? Math.min(state.firstStartUs, endUs) : endUs;
      state.closedUpToUs = fromUs;
    }
    long emptiesFromUs = endUs - settings.maxEmptyBuckets() * widthUs;
    if (fromUs < emptiesFromUs) {
      if (state.carried != null) {
        close(fromUs); // the bucket that amendments were said to be counted in
      }
      for (long startUs : open.starts()) {
        if (startUs < emptiesFromUs) {
          close(startUs);
        }
      }
      fromUs = emptiesFromUs;
    }
    for (long startUs = fromUs; startUs < endUs; startUs += widthUs) {
      close(startUs);
    }
  }

  private void close(long startUs) {
    OpenStart found = open.get(startUs);
    if (found != null) {
      open.remove(startUs);
      state.openStarts--;
    }
    closer.close(engineId, state, startUs, found == null ? OpenStart.EMPTY : found, output);
    state.closedUpToUs = startUs + settings.widthUs();
  }
}
