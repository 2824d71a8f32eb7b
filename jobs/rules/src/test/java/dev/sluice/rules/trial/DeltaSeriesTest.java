// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeltaSeriesTest {
  private static final Prior NONE = new Prior(0, 0);

  @Test
  void hasMeanAndSpreadOfItsDifferences() {
    DeltaSeries series = new DeltaSeries();
    double[] values = {1, 4, -2, 0.5, 3, 3};
    Arrays.stream(values).forEach(value -> series.add("X", value));
    series.add("X", Double.NaN);

    assertThat(series.count()).isEqualTo(6);
    assertThat(series.without).isEqualTo(1);
    assertThat(series.mean()).isCloseTo(9.5 / 6, within(1e-12));
    double squares = Arrays.stream(values).map(v -> Math.pow(v - 9.5 / 6, 2)).sum();
    assertThat(series.standardDeviation(NONE)).isCloseTo(Math.sqrt(squares / 5), within(1e-12));
    assertThat(series.count[1]).isEqualTo(3);
    assertThat(series.mean[1]).isCloseTo((2.5 - 0.75 + 3) / 3, within(1e-12));
    assertThat(series.count[2]).isEqualTo(1);
    assertThat(series.autocorrelation()).isNaN(); // too few
  }

  @Test
  void doublesTheBlockWhileNeighboursAreCorrelated() {
    DeltaSeries series = new DeltaSeries();
    SplittableRandom random = new SplittableRandom(3);
    double value = 0;
    for (int i = 0; i < 4_000; i++) {
      value = 0.7 * value + random.nextGaussian();
      series.add("X", value);
    }

    // Of AR(1) 0.7 the means of two have 0.6, of four 0.42, of eight 0.24.
    assertThat(series.level).isBetween(3, 4); // it looks early, and never goes back
    assertThat(series.blocksEach()).isEqualTo(1 << series.level);
    assertThat(series.count()).isEqualTo(4_000 >> series.level);
    assertThat(series.autocorrelation()).isLessThan(0.3);
  }

  @Test
  void keepsTheBlockWhereNeighboursAreIndependent() {
    DeltaSeries series = new DeltaSeries();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 4_000; i++) {
      series.add("X", 5 + random.nextGaussian());
    }

    assertThat(series.level).isZero();
    assertThat(series.autocorrelation()).isCloseTo(0, within(0.05));
  }

  @Test
  void neighboursAreOfOneSymbol() {
    DeltaSeries series = new DeltaSeries();
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2_000; i++) {
      double market = random.nextGaussian();
      series.add("X", market); // the same at the same time, but nothing in common with the next
      series.add("Y", market);
    }

    assertThat(series.level).isZero();
    assertThat(series.count()).isEqualTo(4_000);
    assertThat(series.autocorrelation()).isCloseTo(0, within(0.06));
  }

  @Test
  void aPriorKeepsEqualDifferencesFromLookingCertain() {
    DeltaSeries series = new DeltaSeries();
    for (int i = 0; i < 20; i++) {
      series.add("X", 0);
    }

    assertThat(series.standardDeviation(NONE)).isZero();
    assertThat(series.standardDeviation(new Prior(0.5, 5)))
        .isCloseTo(Math.sqrt(5 * 0.25 / 24), within(1e-12));
  }
}
