// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.metrics;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A histogram with fixed borders. One thread observes, without a lock or a fence that costs; others
 * read, and may see a count a moment before its sum.
 */
final class StageTimes {
  /** Upper borders of the buckets, seconds; the last one holds everything. */
  private static final double[] BORDERS_S = {
    0.001,
    0.002,
    0.005,
    0.01,
    0.02,
    0.035,
    0.05,
    0.075,
    0.1,
    0.15,
    0.25,
    0.5,
    1.0,
    Double.POSITIVE_INFINITY
  };

  private final AtomicLongArray counts = new AtomicLongArray(BORDERS_S.length);
  private final AtomicLong sumNanos = new AtomicLong();

  /** Counts one time. */
  void observe(double ms) {
    double seconds = ms / 1000;
    int i = 0;
    while (seconds > BORDERS_S[i]) {
      i++;
    }
    counts.setRelease(i, counts.getPlain(i) + 1);
    sumNanos.setRelease(sumNanos.getPlain() + (long) (ms * 1e6));
  }

  /** Upper borders, seconds. */
  static double[] bordersS() {
    return BORDERS_S.clone();
  }

  /** How many fell into each bucket, not cumulated. */
  long[] counts() {
    long[] now = new long[counts.length()];
    for (int i = 0; i < now.length; i++) {
      now[i] = counts.getAcquire(i);
    }
    return now;
  }

  /** Sum of all times, seconds. */
  double sumS() {
    return sumNanos.getAcquire() / 1e9;
  }
}
