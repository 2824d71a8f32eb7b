// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import dev.sluice.rules.bucket.BucketAccumulator;
import dev.sluice.schemas.Bucket;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The intervals of one engine, from its buckets and amendments. Two topics interleave differently
 * live and in a backfill, so nothing is done as it comes: a start is taken when its whole-engine
 * bucket has come and with it the amendments that bucket announces; starts are taken in order, each
 * as a whole. So the rows are a function of the buckets and amendments alone.
 *
 * <p>What a bucket's {@code late} holds is exactly the events of the amendments whose {@code
 * amendedAtUs} is its start. The engine's first bucket counts those at 0 too: they came before any
 * start was known. A repeated amendment can make more than announced, never less.
 *
 * <p>Made once, used for any engine; the memory says whose. Not thread-safe.
 */
public final class CalibrationBook {
  private final CalibrationSettings settings;
  private final BucketAccumulator scratch = new BucketAccumulator();

  public CalibrationBook(CalibrationSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes a bucket or an amendment.
   *
   * @throws IllegalArgumentException when the intervals are not made of whole buckets of its width
   */
  public void add(Bucket bucket, CalibrationMemory memory, CalibrationOutput output) {
    if (!settings.madeOf(bucket.widthMs())) {
      throw new IllegalArgumentException(
          "calibration.interval is no multiple of a bucket of " + bucket.widthMs() + " ms");
    }
    CalibrationState state = memory.state();
    boolean news =
        bucket.amendedAtUs() == null
            ? hold(bucket, state, memory, output)
            : amend(bucket, state, memory, output);
    if (news) {
      takeComplete(state, memory, output);
    }
    memory.putState(state);
  }

  /** The end of a bounded input: no amendment that is announced will come any more. */
  public void end(CalibrationMemory memory, CalibrationOutput output) {
    CalibrationState state = memory.state();
    for (long startUs = next(state, memory); startUs >= 0; startUs = next(state, memory)) {
      take(startUs, state, memory, output);
    }
    memory.putState(state);
  }

  private boolean hold(
      Bucket bucket, CalibrationState state, CalibrationMemory memory, CalibrationOutput output) {
    if (bucket.startUs() < state.takenUntilUs) {
      output.count(CalibrationFault.REPEATED, 1);
      return false;
    }
    if (!bucket.wholeEngine() && bucket.symbol() == null) {
      return false;
    }
    CalibrationStart start = startAt(bucket.startUs(), memory);
    boolean fresh = start.add(bucket);
    memory.putStart(bucket.startUs(), start);
    output.count(CalibrationFault.REPEATED, fresh ? 0 : 1);
    if (bucket.wholeEngine() && fresh) {
      state.waitingStarts++;
    }
    return bucket.wholeEngine();
  }

  private boolean amend(
      Bucket amendment,
      CalibrationState state,
      CalibrationMemory memory,
      CalibrationOutput output) {
    long atUs = amendment.amendedAtUs();
    boolean gone = state.takenUntilUs > 0 && atUs < state.takenUntilUs;
    if (gone || state.heldAmendments >= settings.maxHeldAmendments()) {
      output.count(CalibrationFault.LATE_EVENTS_GIVEN_UP, amendment.events());
      return false;
    }
    CalibrationStart start = startAt(atUs, memory);
    if (!start.amend(amendment)) {
      output.count(CalibrationFault.REPEATED, 1);
      return false;
    }
    state.heldAmendments++;
    memory.putStart(atUs, start);
    return true;
  }

  private void takeComplete(
      CalibrationState state, CalibrationMemory memory, CalibrationOutput output) {
    for (long startUs = next(state, memory); startUs >= 0; startUs = next(state, memory)) {
      if (!complete(startUs, state, memory) && state.waitingStarts <= settings.maxWaitingStarts()) {
        return;
      }
      take(startUs, state, memory, output);
    }
  }

  /** The oldest start whose whole-engine bucket has come, or -1. */
  private static long next(CalibrationState state, CalibrationMemory memory) {
    if (state.waitingStarts == 0) {
      return -1;
    }
    long oldestUs = Long.MAX_VALUE;
    for (long startUs : memory.starts()) {
      if (startUs < oldestUs && memory.start(startUs).whole != null) {
        oldestUs = startUs;
      }
    }
    return oldestUs;
  }

  private static boolean complete(long startUs, CalibrationState state, CalibrationMemory memory) {
    CalibrationStart start = memory.start(startUs);
    return announced(startUs, start, state, memory) <= 0;
  }

  /** Late events that the whole engine's bucket counts and no amendment has brought. */
  private static long announced(
      long startUs, CalibrationStart start, CalibrationState state, CalibrationMemory memory) {
    CalibrationStart before = state.takenUntilUs == 0 && startUs != 0 ? memory.start(0) : null;
    return start.whole.late()
        - start.amendedEvents()
        - (before == null ? 0 : before.amendedEvents());
  }

  private void take(
      long startUs, CalibrationState state, CalibrationMemory memory, CalibrationOutput output) {
    CalibrationStart start = memory.start(startUs);
    long missing = announced(startUs, start, state, memory);
    output.count(CalibrationFault.AMENDMENTS_MISSED, missing > 0 ? 1 : 0);
    Bucket[] amendments = start.amendments;
    for (long heldUs : memory.starts()) {
      if (heldUs < startUs) {
        CalibrationStart held = memory.start(heldUs);
        memory.removeStart(heldUs);
        state.heldAmendments -= held.amendments.length;
        output.count(CalibrationFault.NEVER_CLOSED, held.parts.length);
        if (heldUs == 0 && state.takenUntilUs == 0) {
          amendments = both(held.amendments, amendments);
        } else {
          output.count(CalibrationFault.LATE_EVENTS_GIVEN_UP, held.amendedEvents());
        }
      }
    }
    memory.removeStart(startUs);
    state.waitingStarts--;
    state.heldAmendments -= start.amendments.length;

    long beforeUs = state.takenUntilUs;
    state.takenUntilUs = start.whole.endUs();
    Bucket[] parts = start.parts.clone();
    Arrays.sort(parts, CalibrationPart.BY_KEY);
    for (Bucket part : parts) {
      merge(part, memory, output);
    }
    TreeMap<Long, CalibrationInterval> amended =
        applied(amendments, beforeUs, state.takenUntilUs, memory, output);
    if (settings.startOf(beforeUs) < settings.startOf(state.takenUntilUs)) {
      passBorder(beforeUs, state.takenUntilUs, memory, output);
    }
    amended.forEach(
        (intervalUs, interval) -> sayAgain(intervalUs, interval, startUs, memory, output));
  }

  /**
   * Adds what came late, in one order whatever they came in.
   *
   * @return closed intervals that have changed
   */
  private TreeMap<Long, CalibrationInterval> applied(
      Bucket[] amendments,
      long beforeUs,
      long untilUs,
      CalibrationMemory memory,
      CalibrationOutput output) {
    TreeMap<Long, CalibrationInterval> amended = new TreeMap<>();
    Bucket[] sorted = amendments.clone();
    Arrays.sort(sorted, CalibrationPart.BY_KEY);
    for (Bucket amendment : sorted) {
      if (amendment.symbol() == null) {
        continue; // a late heartbeat: no interval of a symbol misses it
      }
      long intervalUs = settings.startOf(amendment.startUs());
      long endUs = intervalUs + settings.intervalUs();
      if (amendment.startUs() >= untilUs || endUs + settings.amendWithinUs() < untilUs) {
        output.count(CalibrationFault.LATE_EVENTS_GIVEN_UP, amendment.events());
        continue;
      }
      CalibrationInterval interval = merge(amendment, memory, output);
      if (endUs <= beforeUs) {
        amended.put(intervalUs, interval);
      }
    }
    return amended;
  }

  private CalibrationInterval merge(
      Bucket bucket, CalibrationMemory memory, CalibrationOutput output) {
    long intervalUs = settings.startOf(bucket.startUs());
    CalibrationInterval kept = memory.interval(intervalUs);
    CalibrationInterval interval = kept == null ? new CalibrationInterval() : kept;
    CalibrationPart part = interval.partOf(bucket, settings);
    if (part == null) {
      output.count(CalibrationFault.KEYS_LEFT_OUT, 1);
    } else {
      part.add(bucket, intervalUs, scratch);
      part.amended |= bucket.amendedAtUs() != null;
    }
    memory.putInterval(intervalUs, interval);
    return interval;
  }

  /** Says the intervals that ended and forgets those that cannot be amended any more. */
  private void passBorder(
      long beforeUs, long untilUs, CalibrationMemory memory, CalibrationOutput output) {
    for (long intervalUs : new TreeSet<>(memory.intervals())) {
      long endUs = intervalUs + settings.intervalUs();
      if (endUs > beforeUs && endUs <= untilUs) {
        CalibrationInterval interval = memory.interval(intervalUs);
        for (CalibrationPart part : interval.parts) {
          say(part, intervalUs, null, output);
        }
        memory.putInterval(intervalUs, interval);
      }
      if (endUs + settings.amendWithinUs() < untilUs) {
        memory.removeInterval(intervalUs);
      }
    }
  }

  private void sayAgain(
      long intervalUs,
      CalibrationInterval interval,
      long amendedAtUs,
      CalibrationMemory memory,
      CalibrationOutput output) {
    for (CalibrationPart part : interval.parts) {
      if (part.amended) {
        say(part, intervalUs, amendedAtUs, output);
      }
    }
    if (memory.interval(intervalUs) != null) {
      memory.putInterval(intervalUs, interval);
    }
  }

  private void say(
      CalibrationPart part, long intervalUs, Long amendedAtUs, CalibrationOutput output) {
    part.merge(intervalUs, scratch);
    part.amended = false;
    part.version++;
    output.row(CalibrationRow.of(part, intervalUs, amendedAtUs, settings));
  }

  private static CalibrationStart startAt(long startUs, CalibrationMemory memory) {
    CalibrationStart start = memory.start(startUs);
    return start == null ? new CalibrationStart() : start;
  }

  private static Bucket[] both(Bucket[] some, Bucket[] more) {
    Bucket[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
