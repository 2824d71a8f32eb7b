// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/**
 * A notional-weighted sum, exact in fixed point so that merging in any order gives identical bits.
 *
 * @param weightE6 Σw in millionths of quote currency, w = price·qty
 * @param sumE6 Σ w·x in millionths, x in basis points
 */
public record EdgeSum(long weightE6, long sumE6) {
  public static final EdgeSum ZERO = new EdgeSum(0, 0);

  /** Sum of both; throws ArithmeticException on overflow. */
  public EdgeSum plus(EdgeSum other) {
    return new EdgeSum(Math.addExact(weightE6, other.weightE6), Math.addExact(sumE6, other.sumE6));
  }
}
