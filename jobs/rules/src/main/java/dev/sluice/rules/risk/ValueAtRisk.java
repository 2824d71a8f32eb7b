// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import dev.sluice.rules.metric.Measurement;
import java.util.Arrays;
import java.util.List;

/**
 * One-day 95 % value at risk by historical simulation: today's exposures under the joint hourly
 * returns of the past, the loss at the nearest rank of 95 %, times √24.
 *
 * <p>Sources: historical simulation and its order statistic as in J. C. Hull, "Options, Futures,
 * and Other Derivatives", chapter "Value at risk and expected shortfall"; the square root of time
 * as in J.P. Morgan/Reuters, "RiskMetrics – Technical Document", 4th edition, 1996. The root of
 * time holds for returns that are independent from hour to hour; trends make it too small.
 */
final class ValueAtRisk {
  private static final double CONFIDENCE = 0.95;
  private static final double HOURS_A_DAY = 24;

  private ValueAtRisk() {}

  /**
   * The ratio to equity.
   *
   * @param exposures signed, quote currency, by the index of the price series; 0 asks nothing of it
   * @param nowUs the hour it is in is not over and does not count
   * @return NONE with fewer than {@code minHours} hours in which every symbol exposed has a return
   */
  static Measurement ratio(
      double[] exposures,
      List<PriceSeries> prices,
      double equity,
      long nowUs,
      int minHours,
      int maxHours) {
    long thisHour = nowUs / PriceSeries.HOUR_US;
    double[] losses = new double[maxHours];
    int count = 0;
    for (int back = 1; back <= maxHours; back++) {
      double pnl = pnl(exposures, prices, thisHour - back);
      if (!Double.isNaN(pnl)) {
        losses[count++] = -pnl;
      }
    }
    if (count < minHours) {
      return new Measurement(Double.NaN, count);
    }
    Arrays.sort(losses, 0, count);
    double loss = losses[(int) Math.ceil(CONFIDENCE * count) - 1];
    return Measurement.ratio(Math.max(0, loss) * Math.sqrt(HOURS_A_DAY), equity, count);
  }

  /** PnL of one past hour, NaN when it is not known of every symbol exposed. */
  private static double pnl(double[] exposures, List<PriceSeries> prices, long hour) {
    double sum = 0;
    boolean known = false;
    for (int i = 0; i < prices.size(); i++) {
      if (exposures[i] != 0 || !known) {
        double hourly = prices.get(i).returnOf(hour);
        if (exposures[i] != 0) {
          sum += exposures[i] * hourly;
        }
        known |= !Double.isNaN(hourly);
      }
    }
    return known ? sum : Double.NaN;
  }
}
