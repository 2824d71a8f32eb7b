// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void writesWhatTheLibraryWrites() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1_000; i++) {
      double value = (random.nextDouble() - 0.5) * 100;
      assertThat(Figures.signed(value, 2)).isEqualTo(String.format(Locale.ROOT, "%+.2f", value));
      assertThat(Figures.fixed(value, 4)).isEqualTo(String.format(Locale.ROOT, "%.4f", value));
    }
  }

  @Test
  void zeroHasNoMinus() {
    assertThat(Figures.fixed(-0.001, 2)).isEqualTo("0.00");
    assertThat(Figures.signed(-0.001, 2)).isEqualTo("+0.00");
    assertThat(Figures.signed(-0.06, 1)).isEqualTo("-0.1");
  }
}
