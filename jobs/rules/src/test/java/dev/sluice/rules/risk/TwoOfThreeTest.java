// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import static dev.sluice.rules.risk.TwoOfThree.Finding.CONFIRMED;
import static dev.sluice.rules.risk.TwoOfThree.Finding.PLAUSIBLE;
import static dev.sluice.rules.risk.TwoOfThree.Finding.SUSPECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.risk.TwoOfThree.Finding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwoOfThreeTest {
  @Test
  void tenPercentIsNoJumpAndMoreIs() {
    assertThat(findings(100, 110, 99)).containsExactly(PLAUSIBLE, PLAUSIBLE, PLAUSIBLE);
    assertThat(findings(100, 110.1)).containsExactly(PLAUSIBLE, SUSPECT);
  }

  @Test
  void aCrashIsBelievedAtItsSecondReading() {
    assertThat(findings(100, 50, 48)).containsExactly(PLAUSIBLE, SUSPECT, CONFIRMED);
  }

  @Test
  void aSpikeIsNeverBelieved() {
    TwoOfThree reading = new TwoOfThree();
    for (double value : new double[] {100, 1_000, 100, 100, 1, 100}) {
      reading.offer(value, 0.1);
      assertThat(reading.believed).isEqualTo(100);
    }
  }

  @Test
  void twoOfTheThreeNewestNeedNotBeNeighbours() {
    assertThat(findings(100, 50, 100, 50))
        .containsExactly(PLAUSIBLE, SUSPECT, PLAUSIBLE, CONFIRMED);
    assertThat(findings(100, 50, 100, 100, 50))
        .containsExactly(PLAUSIBLE, SUSPECT, PLAUSIBLE, PLAUSIBLE, SUSPECT);
  }

  @Test
  void wrongReadingsThatDisagreeDoNotConfirmEachOther() {
    assertThat(findings(100, 50, 200, 10, 100))
        .containsExactly(PLAUSIBLE, SUSPECT, SUSPECT, SUSPECT, PLAUSIBLE);
  }

  private static List<Finding> findings(double... values) {
    TwoOfThree reading = new TwoOfThree();
    List<Finding> findings = new ArrayList<>();
    for (double value : values) {
      findings.add(reading.offer(value, 0.1));
    }
    return findings;
  }
}
