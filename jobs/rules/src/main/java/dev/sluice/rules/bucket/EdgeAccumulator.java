// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.EdgeSum;

/**
 * An {@link EdgeSum} under construction. Each observation is rounded to millionths once, then all
 * sums are exact, so the order never shows. Overflow throws ArithmeticException; the plausibility
 * check keeps inputs far below it.
 */
final class EdgeAccumulator {
  private long weightE6;
  private long sumE6;

  /**
   * Adds w·x.
   *
   * @param weightE6 millionths of quote currency
   * @param bps basis points
   */
  void add(long weightE6, double bps) {
    this.weightE6 = Math.addExact(this.weightE6, weightE6);
    this.sumE6 = Math.addExact(this.sumE6, Math.round(weightE6 * bps));
  }

  void add(EdgeSum other) {
    weightE6 = Math.addExact(weightE6, other.weightE6());
    sumE6 = Math.addExact(sumE6, other.sumE6());
  }

  EdgeSum toSum() {
    return weightE6 == 0 && sumE6 == 0 ? EdgeSum.ZERO : new EdgeSum(weightE6, sumE6);
  }

  void clear() {
    weightE6 = 0;
    sumE6 = 0;
  }
}
