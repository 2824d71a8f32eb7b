// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

/**
 * A mean of block differences with its always-valid interval.
 *
 * @param estimate NaN without differences
 * @param lower NaN while there are too few for a bound
 * @param upper the same
 * @param count differences behind it
 */
record Interval(double estimate, double lower, double upper, long count) {
  /** Fewer differences have no bound: the sequence is asymptotic. */
  static final long MIN_COUNT = 20;

  /**
   * Of a series.
   *
   * @param alpha two-sided probability that it is ever wrong
   * @param horizonBlocks where it shall be tightest
   */
  static Interval of(DeltaSeries series, Prior prior, double alpha, double horizonBlocks) {
    long n = series.count();
    if (n < MIN_COUNT) {
      return new Interval(series.mean(), Double.NaN, Double.NaN, n);
    }
    double rho =
        ConfidenceSequence.bestRho(Math.max(MIN_COUNT, horizonBlocks / series.blocksEach()), alpha);
    double radius = ConfidenceSequence.radius(n, series.standardDeviation(prior), alpha, rho);
    return new Interval(series.mean(), series.mean() - radius, series.mean() + radius, n);
  }

  boolean bounded() {
    return !Double.isNaN(lower);
  }

  /** True when it is surely not 0. */
  boolean excludesZero() {
    return bounded() && (lower > 0 || upper < 0);
  }

  /** The same with the opposite sign, for a metric of which less is better. */
  Interval negated() {
    return new Interval(-estimate, -upper, -lower, count);
  }
}
