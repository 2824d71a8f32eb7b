// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import java.io.Serializable;

/**
 * How intervals are made and when a dataset of them is ready. All times are event time.
 *
 * @param intervalMs length of an interval; a multiple of the bucket
 * @param amendWithinMs how long after its end an interval can be amended; what comes later is
 *     counted and given up
 * @param slowP95Ms an interval whose 95th percentile of a pass is above it is filtered
 * @param minHitRatio one whose cache served a smaller share is filtered
 * @param minTicks one with fewer ticks is filtered
 * @param maxKeys symbols and arms of one engine in one interval; more are counted and left out
 * @param maxWaitingStarts buckets of one engine that wait for the amendments announced before them;
 *     beyond it the oldest goes on without
 * @param maxHeldAmendments amendments of one engine that wait for their bucket; more are counted
 *     and given up
 * @param readyAfterMs event time a dataset must cover to be ready
 * @param warnAfterMs at least so much: ready with a warning
 * @param maxFilteredRatio share of filtered intervals from which on a dataset is not ready
 */
public record CalibrationSettings(
    long intervalMs,
    long amendWithinMs,
    double slowP95Ms,
    double minHitRatio,
    long minTicks,
    int maxKeys,
    int maxWaitingStarts,
    int maxHeldAmendments,
    long readyAfterMs,
    long warnAfterMs,
    double maxFilteredRatio)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long DAY_MS = 86_400_000;

  /** Checks the settings. */
  public CalibrationSettings {
    if (intervalMs < 1 || DAY_MS % intervalMs != 0) {
      throw new IllegalArgumentException("calibration.interval must divide a day");
    }
    if (amendWithinMs < intervalMs) {
      throw new IllegalArgumentException("calibration.amend_within must be at least the interval");
    }
    if (!(slowP95Ms > 0) || minTicks < 0) {
      throw new IllegalArgumentException(
          "calibration: slow_p95 must be positive and min_ticks not negative");
    }
    if (!(minHitRatio >= 0 && minHitRatio <= 1 && maxFilteredRatio > 0 && maxFilteredRatio <= 1)) {
      throw new IllegalArgumentException(
          "calibration: min_hit_ratio and max_filtered_ratio are shares of 0 to 1");
    }
    if (maxKeys < 1 || maxWaitingStarts < 1 || maxHeldAmendments < 1) {
      throw new IllegalArgumentException(
          "calibration: max_keys, max_waiting_starts and max_held_amendments must be positive");
    }
    if (warnAfterMs < 1 || readyAfterMs < warnAfterMs) {
      throw new IllegalArgumentException(
          "calibration.ready_after must be at least warn_after, and both positive");
    }
  }

  /** What is used unless configured. */
  public static CalibrationSettings defaults() {
    return new CalibrationSettings(
        300_000,
        6 * 3_600_000L,
        1_000,
        0.3,
        10,
        1_000,
        720,
        10_000,
        24 * 3_600_000L,
        12 * 3_600_000L,
        0.1);
  }

  /**
   * The same, ready after another time; the warning starts no later than that.
   *
   * @param afterMs event time that must be covered
   */
  public CalibrationSettings readyAfter(long afterMs) {
    return new CalibrationSettings(
        intervalMs,
        amendWithinMs,
        slowP95Ms,
        minHitRatio,
        minTicks,
        maxKeys,
        maxWaitingStarts,
        maxHeldAmendments,
        afterMs,
        Math.min(warnAfterMs, afterMs),
        maxFilteredRatio);
  }

  /** True when an interval is made of whole buckets. */
  public boolean madeOf(long bucketMs) {
    return bucketMs > 0 && intervalMs % bucketMs == 0;
  }

  long intervalUs() {
    return intervalMs * 1_000;
  }

  long amendWithinUs() {
    return amendWithinMs * 1_000;
  }

  /** Start of the interval that holds a time. */
  long startOf(long timeUs) {
    return Math.floorDiv(timeUs, intervalUs()) * intervalUs();
  }
}
