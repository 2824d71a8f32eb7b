// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Are the arms as large as they were drawn? Pearson's χ² test with one degree of freedom of the
 * counts in both arms against the share: (n_B − n·share)² / (n·share·(1 − share)); Fabijan et al.,
 * "Diagnosing Sample Ratio Mismatch in Online Controlled Experiments", KDD 2019.
 *
 * <p>Counted are slots, not ticks or orders: those come in bursts, so that their counts differ far
 * more than χ² allows, and the treatment may change them rightly. Slots are drawn in blocks, so
 * their counts differ less than χ² allows: the test errs on the quiet side, however often one
 * looks.
 */
final class SampleRatio {
  private static final ChiSquaredDistribution CHI_SQUARED = ChiSquaredDistribution.of(1);

  /** Below it χ² is no approximation (Cochran's rule). */
  private static final double MIN_EXPECTED = 5;

  private SampleRatio() {}

  /**
   * Probability of counts as uneven as these or more, when nothing is wrong; NaN when too few are
   * expected in an arm, or only one arm is there.
   */
  static double p(long countA, long countB, double share) {
    double n = countA + countB;
    if (n * share < MIN_EXPECTED || n * (1 - share) < MIN_EXPECTED) {
      return Double.NaN;
    }
    double excess = countB - n * share;
    return CHI_SQUARED.survivalProbability(excess * excess / (n * share * (1 - share)));
  }
}
