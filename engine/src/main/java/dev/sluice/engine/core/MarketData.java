// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

/**
 * Top of book and what was derived from it.
 *
 * @param volatilityBps bps per square root of a minute
 * @param asOfUs when it was read from the book
 * @param changedUs receive time of the last change of the book before that
 */
public record MarketData(
    double bid,
    double ask,
    double bidSize,
    double askSize,
    double volatilityBps,
    long asOfUs,
    long changedUs) {
  public double mid() {
    return (bid + ask) / 2.0;
  }

  /** Smaller of both top sizes, quote currency. */
  public double depth() {
    return Math.min(bidSize * bid, askSize * ask);
  }
}
