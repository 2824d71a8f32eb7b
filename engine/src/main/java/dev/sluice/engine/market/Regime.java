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

  /** Odds of the next regime, one row per present regime, in declaration order. */
  private static final double[][] NEXT = {
    {0.00, 0.80, 0.15, 0.05},
    {0.40, 0.00, 0.45, 0.15},
    {0.10, 0.60, 0.00, 0.30},
    {0.00, 0.40, 0.60, 0.00}
  };

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

  Regime next(SeededRandom random) {
    double left = random.nextDouble();
    double[] odds = NEXT[ordinal()];
    for (Regime candidate : values()) {
      left -= odds[candidate.ordinal()];
      if (left < 0) {
        return candidate;
      }
    }
    return CALM;
  }
}
