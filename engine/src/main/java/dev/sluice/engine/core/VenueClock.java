// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

/**
 * The venue's clock as its reports tell it. Each report is a sample of (venue's time − our time at
 * receipt), which is the true offset less the report's way; the largest of the newest samples has
 * had the shortest way (the minimum-delay filter, as NTP's clock filter: RFC 5905, section 10).
 *
 * <p>Timers run on this clock and on ours: a deadline has passed when both say so. A venue clock
 * that stalls or runs backward cannot hold a timer for ever, because at {@link #CEILING} times the
 * length on our own monotonic clock it has passed whatever the venue's clock says. Not thread-safe;
 * times are epoch microseconds.
 */
public final class VenueClock {
  /** A timer ends at this many times its length at the latest. */
  public static final int CEILING = 2;

  private static final int SAMPLES = 16;
  private static final long WINDOW_US = 60_000_000L;
  private static final long UNKNOWN = Long.MIN_VALUE;
  private static final double US_PER_MS = 1_000.0;

  private final long[] offsetsUs = new long[SAMPLES];
  private final long[] takenUs = new long[SAMPLES];
  private int count;
  private int next;
  private long offsetUs = UNKNOWN;

  /**
   * A moment on both clocks.
   *
   * @param venueUs the venue's clock as measured then; {@link Long#MIN_VALUE} while unknown
   */
  public record Mark(long localUs, long venueUs) {}

  /** Takes the time of a report as it comes in. */
  public void observe(long venueTimeUs, long nowUs) {
    offsetsUs[next] = venueTimeUs - nowUs;
    takenUs[next] = nowUs;
    next = (next + 1) % SAMPLES;
    count = Math.min(SAMPLES, count + 1);
    long largest = venueTimeUs - nowUs;
    for (int i = 0; i < count; i++) {
      if (nowUs - takenUs[i] <= WINDOW_US) {
        largest = Math.max(largest, offsetsUs[i]);
      }
    }
    offsetUs = largest;
  }

  /** Venue's clock − ours, milliseconds, too low by the shortest way; null while unknown. */
  public Double skewMs() {
    return offsetUs == UNKNOWN ? null : offsetUs / US_PER_MS;
  }

  /** Now, on both clocks. */
  public Mark mark(long nowUs) {
    return new Mark(nowUs, offsetUs == UNKNOWN ? UNKNOWN : nowUs + offsetUs);
  }

  /** Whether so much time has passed since a moment, by the rule above. */
  public boolean passed(Mark since, long lengthUs, long nowUs) {
    long elapsedUs = nowUs - since.localUs();
    if (elapsedUs < lengthUs) {
      return false;
    }
    boolean unknown = since.venueUs() == UNKNOWN || offsetUs == UNKNOWN;
    return unknown
        || nowUs + offsetUs - since.venueUs() >= lengthUs
        || elapsedUs >= CEILING * lengthUs;
  }

  void hash(StateHash hash) {
    hash.add(offsetUs);
  }
}
