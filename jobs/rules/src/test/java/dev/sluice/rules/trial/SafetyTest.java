// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lower bound of slippage that the way back hangs on. */
class SafetyTest {
  private static final TrialPlan PLAN = TrialYaml.parse("t.yaml", Plans.ETA);

  @ParameterizedTest
  @CsvSource({"0.1, 18, 2", "0.5, 90, 10"})
  void aLargeHarmIsSeenWithItsFirstBlockAndForAsLongAsTheGuardHolds(
      double share, int blocksBefore, int blocksAfter) {
    Blocks blocks = new Blocks(PLAN, share).add(blocksBefore, Blocks.nothing());
    assertThat(lower(blocks)).isNegative();

    for (int i = 0; i < blocksAfter; i++) {
      assertThat(lower(blocks.add(1, Blocks.slippage(3)))).isPositive();
    }
  }

  @Test
  void aSmallHarmIsSeenByTheWholeStage() {
    Blocks blocks = new Blocks(PLAN, 0.5).add(30, Blocks.slippage(0.1));
    assertThat(lower(blocks)).isNegative();

    assertThat(lower(blocks.add(300, Blocks.slippage(0.1)))).isPositive();
  }

  @Test
  void aBetterArmNeverLooksWorse() {
    Blocks blocks = new Blocks(PLAN, 0.5).add(90, Blocks.nothing());

    for (int i = 0; i < 300; i++) {
      assertThat(lower(blocks.add(1, Blocks.slippage(-3)))).isNegative();
    }
  }

  @Test
  void aMarketThatHasSeenSuchADifferenceDoesNotAlarmAtOnce() {
    Blocks calm = new Blocks(PLAN, 0.5).add(90, Blocks.nothing());
    Blocks wild =
        new Blocks(PLAN, 0.5)
            .add(40, Blocks.nothing())
            .add(1, Blocks.slippage(-2)) // one block in which A was that much worse
            .add(50, Blocks.nothing());

    assertThat(lower(calm.add(1, Blocks.slippage(3)))).isPositive();
    assertThat(lower(wild.add(1, Blocks.slippage(3)))).isNegative();
  }

  @Test
  void saysNothingOfTooFewBlocks() {
    assertThat(new Blocks(PLAN, 0.5).analysis.slippageLower(new AnalysisState()).present())
        .isFalse();
    Blocks blocks = new Blocks(PLAN, 0.5).add(15, Blocks.slippage(3));

    assertThat(blocks.analysis.slippageLower(blocks.state).present()).isFalse();
  }

  private static double lower(Blocks blocks) {
    return blocks.analysis.slippageLower(blocks.state).value();
  }
}
