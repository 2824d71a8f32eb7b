// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

/**
 * The Theil-Sen estimator: the median of the slopes through all pairs of points (Sen, JASA 63
 * (1968), 1379-1389). Up to 29 % of the points may be arbitrarily wrong. Quadratic in the points:
 * 7,140 pairs for two hours of minutes.
 */
final class TheilSen {
  private TheilSen() {}

  /** Slope of y over strictly rising x; NaN with fewer than two points. */
  static double slope(double[] x, double[] y) {
    int points = x.length;
    if (points < 2) {
      return Double.NaN;
    }
    double[] slopes = new double[points * (points - 1) / 2];
    int size = 0;
    for (int i = 0; i < points; i++) {
      for (int j = i + 1; j < points; j++) {
        slopes[size++] = (y[j] - y[i]) / (x[j] - x[i]);
      }
    }
    return median(slopes, size);
  }

  /** Median of the first values (the mean of the middle two when even); reorders them. */
  static double median(double[] values, int size) {
    double upper = select(values, size, size / 2);
    if (size % 2 == 1) {
      return upper;
    }
    double lower = values[0];
    for (int i = 1; i < size / 2; i++) {
      lower = Math.max(lower, values[i]);
    }
    return (lower + upper) / 2;
  }

  /** The k-th smallest; afterwards everything left of k is not larger. */
  private static double select(double[] values, int size, int k) {
    int left = 0;
    int right = size - 1;
    while (left < right) {
      double pivot = values[(left + right) >>> 1];
      int i = left;
      int j = right;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swap = values[i];
          values[i++] = values[j];
          values[j--] = swap;
        }
      }
      if (k <= j) {
        right = j;
      } else if (k >= i) {
        left = i;
      } else {
        break;
      }
    }
    return values[k];
  }
}
