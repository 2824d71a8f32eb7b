// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

/**
 * What is held for likely of the spread of block differences before any is seen: a scaled inverse
 * χ² prior of the variance (Gelman et al., "Bayesian Data Analysis", section 2.6). It keeps a few
 * differences that happen to be equal from looking like certainty, and weighs nothing after a day.
 *
 * @param scale standard deviation, in the unit of the differences
 * @param weight differences it counts for
 */
record Prior(double scale, double weight) {

  /** Variance of n differences with this sum of squares about their mean, regularised. */
  double variance(long n, double sumOfSquares) {
    return (sumOfSquares + weight * scale * scale) / degreesOfFreedom(n);
  }

  /** Degrees of freedom of that variance. */
  double degreesOfFreedom(long n) {
    return Math.max(0, n - 1) + weight;
  }
}
