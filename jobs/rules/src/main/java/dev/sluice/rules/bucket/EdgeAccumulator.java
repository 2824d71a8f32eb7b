// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.EdgeSum;

/**
 * An {@link EdgeSum} under construction. Each observation is rounded to millionths once, then all
 * sums are exact, so the order never shows. Sums stop at ±2⁴⁹ (half a billion quote currency in one
 * bucket): nothing real comes near, nothing sent can make a judge fail by overflow, and a day of
 * buckets still adds up.
 */
final class EdgeAccumulator {
  private static final long LIMIT = 1L << 49;

  private long weightE6;
  private long sumE6;

  /**
   * Adds w·x.
   *
   * @param weightE6 millionths of quote currency
   * @param bps basis points
   */
  void add(long weightE6, double bps) {
    this.weightE6 = bounded(this.weightE6, weightE6);
    this.sumE6 = bounded(this.sumE6, Math.round(weightE6 * bps));
  }

  void add(EdgeSum other) {
    weightE6 = bounded(weightE6, other.weightE6());
    sumE6 = bounded(sumE6, other.sumE6());
  }

  EdgeSum toSum() {
    return weightE6 == 0 && sumE6 == 0 ? EdgeSum.ZERO : new EdgeSum(weightE6, sumE6);
  }

  void clear() {
    weightE6 = 0;
    sumE6 = 0;
  }

  /** The sum of both, within the limit. */
  static long bounded(long one, long other) {
    return within(within(one) + within(other));
  }

  private static long within(long value) {
    return Math.max(-LIMIT, Math.min(LIMIT, value));
  }
}
