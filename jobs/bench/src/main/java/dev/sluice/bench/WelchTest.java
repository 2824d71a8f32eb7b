// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The fixed-horizon test of two means with unequal variances: Welch, "The generalization of
 * Student's problem when several different population variances are involved", Biometrika 34
 * (1947), with Satterthwaite's degrees of freedom. To be looked at once.
 *
 * @param difference of the means, B − A
 * @param standardError √(s²_A/n_A + s²_B/n_B)
 * @param degreesOfFreedom of Student's t
 */
record WelchTest(double difference, double standardError, double degreesOfFreedom) {

  /** One arm: count, mean and variance (n − 1 below). */
  record Sample(long n, double mean, double variance) {
    static Sample ofSums(long n, double sum, double sumOfSquares) {
      return new Sample(n, sum / n, (sumOfSquares - sum * sum / n) / (n - 1));
    }

    double varianceOfMean() {
      return variance / n;
    }
  }

  static WelchTest of(Sample a, Sample b) {
    double of = a.varianceOfMean() + b.varianceOfMean();
    return new WelchTest(
        b.mean() - a.mean(),
        Math.sqrt(of),
        of
            * of
            / (a.varianceOfMean() * a.varianceOfMean() / (a.n() - 1)
                + b.varianceOfMean() * b.varianceOfMean() / (b.n() - 1)));
  }

  /** Two-sided. */
  double p() {
    return 2
        * TDistribution.of(degreesOfFreedom)
            .survivalProbability(Math.abs(difference) / standardError);
  }

  /** Half the width of the two-sided interval. */
  double radius(double alpha) {
    return standardError * TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(alpha / 2);
  }
}
