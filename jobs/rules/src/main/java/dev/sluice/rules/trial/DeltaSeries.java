// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The block differences of one metric; its public fields are the state.
 *
 * <p>They are kept at {@value #LEVELS} lengths at once: level k has the means of 2^k consecutive
 * differences of a symbol. Where consecutive differences are correlated (Pearson, lag 1, above
 * {@value #MAX_AUTOCORRELATION}) the next level counts from then on; the level never falls. All
 * symbols are in the same sums, but only differences of one symbol are consecutive.
 */
public final class DeltaSeries {
  /** Lengths kept: up to 128 blocks. */
  static final int LEVELS = 8;

  /** Above it the blocks are too short. */
  static final double MAX_AUTOCORRELATION = 0.3;

  /** Fewer say nothing of their autocorrelation: its standard error is 1/√n. */
  static final int MIN_FOR_AUTOCORRELATION = 40;

  /** The level that counts. */
  public int level;

  /** Blocks with samples in one arm only, or in none. */
  public long without;

  public long[] count = new long[LEVELS];
  public double[] mean = new double[LEVELS];

  /** Sum of squares about the mean (Welford 1962). */
  public double[] squares = new double[LEVELS];

  /** The first of each level: products are of distances from it, so that they stay exact. */
  public double[] first = new double[LEVELS];

  /** Pairs of consecutive differences, and the sum of their products. */
  public long[] pairs = new long[LEVELS];

  public double[] products = new double[LEVELS];

  /** What the next difference of a symbol joins. */
  public Map<String, Tail> tails = new HashMap<>();

  /** The newest differences of one symbol; NaN where there is none. */
  public static final class Tail {
    /** The first of two that make one of the next level. */
    public double[] half = filled();

    public double[] previous = filled();

    public Tail() {}

    private static double[] filled() {
      double[] none = new double[LEVELS];
      Arrays.fill(none, Double.NaN);
      return none;
    }
  }

  public DeltaSeries() {}

  /** Counts a difference in; the blocks of a symbol come in order. NaN is a block without one. */
  void add(String symbol, double difference) {
    if (Double.isNaN(difference)) {
      without++;
      return;
    }
    Tail tail = tails.get(symbol);
    if (tail == null) {
      tail = new Tail();
      tails.put(symbol, tail);
    }
    double value = difference;
    for (int k = 0; k < LEVELS; k++) {
      put(k, value, tail);
      if (Double.isNaN(tail.half[k])) {
        tail.half[k] = value;
        break;
      }
      value = (tail.half[k] + value) / 2;
      tail.half[k] = Double.NaN;
    }
    if (level < LEVELS - 1 && autocorrelation() > MAX_AUTOCORRELATION) {
      level++;
    }
  }

  private void put(int k, double value, Tail tail) {
    double distance = value - mean[k];
    first[k] = count[k] == 0 ? value : first[k];
    count[k]++;
    mean[k] += distance / count[k];
    squares[k] += distance * (value - mean[k]);
    if (!Double.isNaN(tail.previous[k])) {
      pairs[k]++;
      products[k] += (value - first[k]) * (tail.previous[k] - first[k]);
    }
    tail.previous[k] = value;
  }

  /** Differences of the level that counts. */
  long count() {
    return count[level];
  }

  /** Their mean, NaN without any. */
  double mean() {
    return count() == 0 ? Double.NaN : mean[level];
  }

  /** Standard deviation of one, regularised; that of a mean of 2^k differences has a prior too. */
  double standardDeviation(Prior prior) {
    Prior ofLevel = new Prior(prior.scale() / Math.sqrt(1 << level), prior.weight());
    return Math.sqrt(ofLevel.variance(count(), squares[level]));
  }

  /** Blocks that make one difference. */
  int blocksEach() {
    return 1 << level;
  }

  /**
   * Lag-1 autocorrelation: (mean of the products of neighbours − mean²) / variance, all as
   * distances from the first; NaN with too few, or where all are equal.
   */
  double autocorrelation() {
    if (count() < MIN_FOR_AUTOCORRELATION || pairs[level] == 0 || !(squares[level] > 0)) {
      return Double.NaN;
    }
    double distance = mean[level] - first[level];
    double covariance = products[level] / pairs[level] - distance * distance;
    return covariance / (squares[level] / count());
  }
}
