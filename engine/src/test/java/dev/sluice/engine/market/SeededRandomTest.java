// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeededRandomTest {
  @Test
  void givesThePublishedNumbersOfSplitMix64() {
    SeededRandom random = new SeededRandom(1234567);
    assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
    assertThat(random.nextLong()).isEqualTo(Long.parseUnsignedLong("9817491932198370423"));
  }

  @Test
  void distributionsHaveTheirMoments() {
    SeededRandom random = new SeededRandom(3);
    int n = 200_000;
    double uniform = 0;
    double exponential = 0;
    double logNormal = 0;
    double gaussian = 0;
    double gaussianSquared = 0;
    for (int i = 0; i < n; i++) {
      uniform += random.nextDouble();
      exponential += random.nextExponential(7);
      logNormal += random.nextLogNormal(5, 0.8);
      double g = random.nextGaussian();
      gaussian += g;
      gaussianSquared += g * g;
    }
    assertThat(uniform / n).isCloseTo(0.5, within(0.005));
    assertThat(exponential / n).isCloseTo(7, within(0.1));
    assertThat(logNormal / n).isCloseTo(5, within(0.1));
    assertThat(gaussian / n).isCloseTo(0, within(0.01));
    assertThat(gaussianSquared / n).isCloseTo(1, within(0.02));
  }

  @Test
  void purposesAreIndependent() {
    assertThat(SeededRandom.of(1, "a").nextLong()).isEqualTo(SeededRandom.of(1, "a").nextLong());
    assertThat(SeededRandom.of(1, "a").nextLong()).isNotEqualTo(SeededRandom.of(1, "b").nextLong());
    assertThat(SeededRandom.of(1, "a").nextLong()).isNotEqualTo(SeededRandom.of(2, "a").nextLong());
  }
}
