// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import java.util.concurrent.TimeUnit;

/**
 * How a simulated market behaves for a while. The next regime is drawn from fixed odds (a Markov
 * chain), the stay is exponential with the given mean.
 */
public enum Regime {
  QUIET(0.65, 0.26, 0.12, 1.5, 50),
  CALM(0.95, 0.20, 0.25, 1.0, 60),
  BUSY(1.50, 0.25, 0.50, 1.0, 30),
  VOLATILE(1.60, 0.25, 1.40, 2.0, 12);

  final double activity;
  final double tradeShare;
  final double ticksPerRootSecond;
  final double halfSpreadTicks;
  final long meanStayUs;

  /**
   * @param activity event rate relative to the configured one
   * @param tradeShare share of steps that are trades
   * @param ticksPerRootSecond volatility of the fair price, in ticks per square root of a second
   */
  Regime(
      double activity,
      double tradeShare,
      double ticksPerRootSecond,
      double halfSpreadTicks,
      long meanStayMinutes) {
    this.activity = activity;
    this.tradeShare = tradeShare;
    this.ticksPerRootSecond = ticksPerRootSecond;
    this.halfSpreadTicks = halfSpreadTicks;
    this.meanStayUs = TimeUnit.MINUTES.toMicros(meanStayMinutes);
  }

  /** The regime after this one, by fixed odds. */
  Regime next(SeededRandom random) {
    double draw = random.nextDouble();
    return switch (this) {
      case QUIET -> pick(draw, CALM, 0.80, BUSY, 0.15, VOLATILE);
      case CALM -> pick(draw, BUSY, 0.45, QUIET, 0.40, VOLATILE);
      case BUSY -> pick(draw, CALM, 0.60, VOLATILE, 0.30, QUIET);
      case VOLATILE -> pick(draw, BUSY, 0.60, CALM, 0.40, CALM);
    };
  }

  private static Regime pick(
      double draw, Regime first, double firstOdds, Regime second, double secondOdds, Regime rest) {
    if (draw < firstOdds) {
      return first;
    }
    return draw < firstOdds + secondOdds ? second : rest;
  }
}
