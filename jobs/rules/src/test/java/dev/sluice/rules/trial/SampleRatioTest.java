// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleRatioTest {

  @Test
  void isPearsonsTestWithOneDegreeOfFreedom() {
    // χ² = (480 − 500)²/500 + (520 − 500)²/500 = 1.6; tables: p = 0.2059
    assertThat(SampleRatio.p(480, 520, 0.5)).isCloseTo(0.2059, within(1e-4));
    // χ² = 10.8276 is the 0.1 % point.
    assertThat(SampleRatio.p(900 + 312, 100 - 31, 0.1)).isLessThan(0.001);
    assertThat(SampleRatio.p(900, 100, 0.1)).isEqualTo(1);
  }

  @Test
  void saysNothingOfTooFewSlotsOrOfOneArm() {
    assertThat(SampleRatio.p(36, 4, 0.1)).isNaN();
    assertThat(SampleRatio.p(0, 100, 1.0)).isNaN();
    assertThat(SampleRatio.p(0, 0, 0.5)).isNaN();
  }
}
