// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Is B worse just now? A scan over the newest 1, 2, … differences of the last twenty minutes: the
 * largest of
 *
 * <pre>mean of the newest j − max(t·s, 2.5·m)/√j</pre>
 *
 * <p>where s is the spread of the stage before those minutes, regularised by a prior, t the
 * quantile of Student's distribution with its degrees of freedom, at an α divided by all looks of a
 * week (Bonferroni), and m the largest difference of the stage before. The first term is for
 * differences near normal; the second keeps a market of rare large ones quiet, where no formula
 * knows the tail but the stage has seen some of it. A confidence sequence over the whole stage
 * needs hours to notice what begins late; this one notices a large effect with the first block, and
 * a small one not at all.
 */
final class WindowTest {
  /** Twice as long as the safety criteria hold: what alarms them cannot hide itself meanwhile. */
  static final long WINDOW_US = 1_200_000_000L;

  /** Fewer differences before the window have no spread to speak of. */
  static final long MIN_BEFORE = 12;

  private static final double TIMES_LARGEST = 2.5;
  private static final long WEEK_US = 7 * 86_400_000_000L;
  private static final int TABLE = 256;

  private final Prior prior;
  private final double alphaPerBlock;
  private final int symbols;
  private final double[] quantile = new double[TABLE];

  /**
   * @param alpha one-sided probability that it ever speaks within a week of no effect
   * @param blockUs length of a block
   */
  WindowTest(Prior prior, double alpha, long blockUs, int symbols) {
    this.prior = prior;
    this.symbols = symbols;
    long spans = Math.max(1, WINDOW_US / blockUs) * symbols;
    this.alphaPerBlock = alpha / (WEEK_US / blockUs * symbols) / spans;
  }

  int symbols() {
    return symbols;
  }

  /** The lower bound in the unit of the differences, NaN with too few. */
  double lower(RecentSeries series) {
    if (series.count < MIN_BEFORE || series.recent.isEmpty()) {
      return Double.NaN;
    }
    double deviation = Math.sqrt(prior.variance(series.count, series.squares));
    double radius = Math.max(quantile(series.count) * deviation, TIMES_LARGEST * series.largest);
    double largest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int newest = series.recent.size();
    for (int j = 1; j <= newest; j++) {
      sum += series.recent.get(newest - j);
      largest = Math.max(largest, sum / j - radius / Math.sqrt(j));
    }
    return largest;
  }

  private double quantile(long count) {
    int index = (int) Math.min(TABLE - 1, count);
    if (quantile[index] == 0) {
      quantile[index] =
          TDistribution.of(prior.degreesOfFreedom(index)).inverseSurvivalProbability(alphaPerBlock);
    }
    return quantile[index];
  }
}
