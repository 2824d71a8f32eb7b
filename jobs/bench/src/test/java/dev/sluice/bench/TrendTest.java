// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TrendTest {
  /** Worked by hand: of ten slopes, with √(50/3)·1.96 = 8.0, the first and the ninth remain. */
  @Test
  void ofFivePointsIsTheMedianOfTenSlopes() {
    Trend trend = Trend.of(new double[] {0, 1, 2, 3, 4}, new double[] {0, 1, 2, 3, 14});

    assertThat(trend.slope()).isEqualTo(1);
    assertThat(trend.low()).isEqualTo(1);
    assertThat(trend.high()).isEqualTo(11);
  }

  @Test
  void pointsOfOneXSayNothing() {
    assertThat(Trend.of(new double[] {2, 2}, new double[] {1, 9}).slope()).isNaN();
    assertThat(Trend.of(new double[0], new double[0]).high()).isNaN();
  }

  @Test
  void intervalHoldsTheTruthNineteenTimesOfTwenty() {
    Random random = new Random(7);
    int held = 0;
    for (int trial = 0; trial < 400; trial++) {
      double[] x = new double[20];
      double[] y = new double[20];
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.floorDiv(i, 4); // four ties of each
        y[i] = 3 * x[i] + random.nextGaussian();
      }
      Trend trend = Trend.of(x, y);
      held += trend.low() <= 3 && 3 <= trend.high() ? 1 : 0;
    }
    assertThat(held / 400.0).isCloseTo(0.95, within(0.03));
  }
}
