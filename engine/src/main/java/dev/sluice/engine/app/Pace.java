// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

/**
 * How far event time may go. A run faster than real time never passes the judge's watermark by more
 * than the lead, so that a halt takes effect at the right event time; before the first lease the
 * lead counts from the start. A pure value.
 *
 * @param kind which clock drives event time
 * @param factor event time per wall time, for MULTIPLE
 */
public record Pace(Kind kind, double factor) {
  /** Event time by which a run may be ahead of the judge. */
  public static final long LEAD_US = 30_000_000L;

  /** What drives event time. */
  public enum Kind {
    /** As fast as the judge follows. */
    PACED,
    /** The wall clock itself. */
    REALTIME,
    /** A multiple of the wall clock, and not faster than the judge follows. */
    MULTIPLE
  }

  /**
   * Reads {@code paced}, {@code realtime} or a number.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Pace parse(String text) {
    if (text.equalsIgnoreCase("paced")) {
      return new Pace(Kind.PACED, 0.0);
    }
    if (text.equalsIgnoreCase("realtime")) {
      return new Pace(Kind.REALTIME, 1.0);
    }
    try {
      double factor = Double.parseDouble(text);
      if (factor > 0 && factor <= 1e6) {
        return new Pace(Kind.MULTIPLE, factor);
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "--speed " + text + ": paced, realtime or a factor such as 10");
  }

  /**
   * The time that must not be passed now.
   *
   * @param startUs event time of the start
   * @param elapsedNanos wall time since the start
   * @param wallUs wall clock, epoch microseconds
   * @param watermarkUs the judge's watermark, {@link Long#MIN_VALUE} before the first lease
   */
  public long limitUs(long startUs, long elapsedNanos, long wallUs, long watermarkUs) {
    long followedUs = Math.max(startUs, watermarkUs) + LEAD_US;
    return switch (kind) {
      case PACED -> followedUs;
      case REALTIME -> wallUs;
      case MULTIPLE -> Math.min(followedUs, startUs + (long) (elapsedNanos / 1e3 * factor));
    };
  }
}
