// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Slope of y over x with its 95 % interval, by no assumption on the noise but its independence: the
 * median of the slopes through all pairs of points, with the interval that inverts Kendall's test
 * (Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63 (1968); ties in x
 * after Kendall). Up to 29 % of the points may be wrong, as points taken on a busy machine are.
 *
 * @param slope in units of y per unit of x; NaN with fewer than two different x
 * @param low end of the interval
 * @param high other end
 */
public record Trend(double slope, double low, double high) {
  private static final double NORMAL_975 = 1.959963984540054;

  /** Of so many points. */
  static Trend of(double[] x, double[] y) {
    double[] slopes = slopes(x, y);
    int count = slopes.length;
    if (count == 0) {
      return new Trend(Double.NaN, Double.NaN, Double.NaN);
    }
    double reach = NORMAL_975 * Math.sqrt(varianceOfTau(x));
    int below = (int) Math.floor((count - reach) / 2);
    int above = (int) Math.ceil((count + reach) / 2);
    return new Trend(
        (slopes[(count - 1) / 2] + slopes[count / 2]) / 2,
        slopes[Math.max(0, below)],
        slopes[Math.min(count - 1, above)]);
  }

  private static double[] slopes(double[] x, double[] y) {
    double[] slopes = new double[x.length * (x.length - 1) / 2];
    int size = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = i + 1; j < x.length; j++) {
        if (x[i] != x[j]) {
          slopes[size++] = (y[j] - y[i]) / (x[j] - x[i]);
        }
      }
    }
    double[] sorted = Arrays.copyOf(slopes, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Of Kendall's S without a trend: [n(n−1)(2n+5) − Σ t(t−1)(2t+5)]/18 over the ties t of x. */
  private static double varianceOfTau(double[] x) {
    Map<Double, Long> ties = new HashMap<>();
    for (double value : x) {
      ties.merge(value, 1L, Long::sum);
    }
    double variance = term(x.length);
    for (long tie : ties.values()) {
      variance -= term(tie);
    }
    return variance;
  }

  private static double term(long n) {
    return n * (n - 1.0) * (2.0 * n + 5) / 18;
  }
}
