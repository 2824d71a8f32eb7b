// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Delta;
import dev.sluice.schemas.DeltaRole;
import dev.sluice.schemas.Rollout;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialAnalysisTest {
  private static final long DAY_BLOCKS_AT_HALF = 720;

  /** The shipped plan without the guardrail on latency, for slots without histograms. */
  private static final TrialPlan PLAN =
      TrialYaml.parse(
          "t.yaml", Plans.ETA.replace("    tick_total_p95_regression_ratio: 0.1\n", ""));

  private static final TrialPlan ALIKE = TrialYaml.parse("aa.yaml", Plans.AA);

  @Test
  void wishesTheNextStageWhenEverythingIsMet() {
    TrialStatus status =
        new Blocks(PLAN, 0.5).add((int) DAY_BLOCKS_AT_HALF, Blocks.net(0.5)).status();

    assertThat(status.reason()).startsWith("everything is met: net_bps +0.");
    assertThat(status.wish()).isEqualTo(Rollout.PROMOTE);
    assertThat(status.outcome()).isEqualTo(VerdictOutcome.PASS);
    assertThat(status.stage()).isEqualTo("50");
    assertThat(status.slotsA()).isEqualTo(720);
    assertThat(status.slotsB()).isEqualTo(720);
    assertThat(status.sampleRatioP()).isEqualTo(1.0);
    Delta goal = status.deltas().get(0);
    assertThat(goal.role()).isEqualTo(DeltaRole.GOAL);
    assertThat(goal.estimate()).isCloseTo(0.5, within(0.2));
    assertThat(goal.lower()).isPositive().isLessThan(goal.estimate());
    assertThat(goal.valueB() - goal.valueA()).isCloseTo(goal.estimate(), within(1e-6));
    assertThat(goal.samplesA()).isEqualTo(720 * 12);
    assertThat(goal.blocks()).isEqualTo(720);
    assertThat(goal.blockSlots()).isEqualTo(2);
  }

  @Test
  void staysWhileTheDwellIsNotCoveredAndSaysHowMuchIsMissing() {
    TrialStatus status =
        new Blocks(PLAN, 0.5).add(620, Blocks.net(1.0)).status(20 * 3_600_000 + 40 * 60_000);

    assertThat(status.reason()).isEqualTo("needs 3h20m more covered time (20h40m of 24h)");
    assertThat(status.outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(status.wish()).isEqualTo(Rollout.HOLD);
  }

  @Test
  void staysWhenTheGoalIsNotShown() {
    TrialStatus status =
        new Blocks(PLAN, 0.5).add((int) DAY_BLOCKS_AT_HALF, Blocks.nothing()).status();

    assertThat(status.reason())
        .matches(
            "net_bps [+-]0\\.\\d\\d bps in \\[-0\\.\\d\\d, 0\\.\\d\\d]: lower bound not above 0");
    assertThat(status.outcome()).isEqualTo(VerdictOutcome.BREACH);
    assertThat(status.wish()).isEqualTo(Rollout.HOLD);
  }

  @Test
  void staysWhenItIsBetterByTooLittle() {
    TrialPlan ambitious = TrialYaml.parse("t.yaml", shippedWithout("at_least: 0.2", "at_least: 5"));
    TrialStatus status =
        new Blocks(ambitious, 0.5).add((int) DAY_BLOCKS_AT_HALF, Blocks.net(1)).status();

    assertThat(status.reason()).endsWith(": better, but by less than 5 bps");
    assertThat(status.wish()).isEqualTo(Rollout.HOLD);
  }

  @Test
  void aGuardrailIsNonInferiorityWithItsMargin() {
    TrialStatus within =
        new Blocks(PLAN, 0.5)
            .add((int) DAY_BLOCKS_AT_HALF, Blocks.net(1).andThen(Blocks.slippage(0.4)))
            .status();
    TrialStatus beyond =
        new Blocks(PLAN, 0.5)
            .add((int) DAY_BLOCKS_AT_HALF, Blocks.net(1).andThen(Blocks.slippage(0.49)))
            .status();
    TrialStatus surely =
        new Blocks(PLAN, 0.5)
            .add((int) DAY_BLOCKS_AT_HALF, Blocks.net(1).andThen(Blocks.slippage(0.7)))
            .status();

    assertThat(within.wish()).isEqualTo(Rollout.PROMOTE); // worse, but by less than the margin
    assertThat(beyond.reason())
        .contains("slippage_bps")
        .endsWith(": may be worse by more than 0.5 bps");
    assertThat(surely.reason()).endsWith(": surely worse by more than 0.5 bps");
    assertThat(surely.wish()).isEqualTo(Rollout.HOLD);
  }

  @Test
  void aGuardrailOfWhichMoreIsBetterLooksAtTheOtherBound() {
    TrialStatus status =
        new Blocks(PLAN, 0.5)
            .add(
                (int) DAY_BLOCKS_AT_HALF,
                Blocks.net(1).andThen(slot -> slot.filledIntents -= slot.arm == Arm.B ? 8 : 0))
            .status();

    assertThat(status.reason())
        .startsWith("fill_ratio -0.")
        .endsWith(": surely worse by more than 0.1");
  }

  @Test
  void aSignalHoldsOnlyWhileItIsSurelyWorse() {
    TrialStatus status =
        new Blocks(PLAN, 0.5)
            .add(
                (int) DAY_BLOCKS_AT_HALF,
                Blocks.net(2)
                    .andThen(
                        slot -> {
                          if (slot.arm == Arm.B) {
                            slot.markout60sSumE6 -= 1_000_000_000L;
                          }
                        }))
            .status();

    assertThat(status.reason())
        .isEqualTo(
            "markout_60s_bps -1.00 bps in [-1.00, -1.00]: surely worse"
                .replace("[-1.00, -1.00]", range(status, "markout_60s_bps")));
    assertThat(status.wish()).isEqualTo(Rollout.HOLD);
  }

  @Test
  void theWorstReasonComesFirst() {
    TrialStatus status =
        new Blocks(PLAN, 0.5)
            .add(100, Blocks.nothing())
            .status(3_600_000, "trial-slippage is tripped");

    assertThat(status.reason())
        .startsWith("trial-slippage is tripped; needs 23h more covered time (1h of 24h); net_bps ");
  }

  @Test
  void fillsOfBothArmsAreNeeded() {
    TrialStatus status = new Blocks(PLAN, 0.1).add(5, Blocks.net(1)).status();

    assertThat(status.reason())
        .contains("arm B has 60 of 100 fills")
        .doesNotContain("arm A has")
        .contains("net_bps has 5 of 60 blocks");
    assertThat(status.outcome()).isEqualTo(VerdictOutcome.NO_DATA);
  }

  @Test
  void blocksWithSamplesInOneArmOnlyGiveNoDifferenceAndAreCounted() {
    TrialStatus status =
        new Blocks(PLAN, 0.5)
            .add(
                30,
                slot -> {
                  if (slot.arm == Arm.B) {
                    slot.captureWeightE6 = 0;
                    slot.captureSumE6 = 0;
                  }
                })
            .status();

    assertThat(status.reason())
        .contains("net_bps has 0 of 60 blocks (30 had samples in one arm at most)");
    assertThat(status.deltas().get(0).estimate()).isNull();
    assertThat(status.deltas().get(0).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
  }

  @Test
  void armsThatAreNotAsDrawnHold() {
    TrialStatus lost =
        new Blocks(PLAN, 0.5)
            .add(720, Blocks.net(1).andThen(slot -> slot.coveredMs = loses(slot) ? 0 : 50_000))
            .status();
    TrialStatus idle =
        new Blocks(PLAN, 0.5)
            .add(720, Blocks.net(1).andThen(slot -> slot.ordersIntended = loses(slot) ? 0 : 40))
            .status();

    assertThat(lost.reason()).startsWith("the arms are not as they were drawn (p = ");
    assertThat(lost.outcome()).isEqualTo(VerdictOutcome.BREACH);
    assertThat(idle.slotsA()).isEqualTo(idle.slotsB());
    assertThat(idle.reason()).startsWith("the arms are not as they were drawn (p = ");
  }

  @Test
  void aBlockThatBeginsBeforeTheStageDoesNotCount() {
    Blocks blocks = new Blocks(PLAN, 0.5);
    blocks.state.stageSinceUs += 1;

    assertThat(blocks.add(3, Blocks.nothing()).status().slotsA()).isEqualTo(2);
  }

  @Test
  void theSwapOfTheArmsMustChangeEverySign() {
    Blocks blocks = new Blocks(PLAN, 0.5).add(720, Blocks.net(0.5));
    assertThat(blocks.state.swapped.get("net_bps").mean())
        .isEqualTo(-blocks.state.series.get("net_bps").mean())
        .isNegative();

    blocks.state.swapped.get("net_bps").mean[0] += 1e-9;

    assertThat(blocks.status().reason())
        .startsWith("self-test failed: with the arms swapped net_bps does not change its sign");
    assertThat(blocks.status().outcome()).isEqualTo(VerdictOutcome.BREACH);
  }

  @Test
  void twoArmsAlikeAreQuiet() {
    TrialStatus status = new Blocks(ALIKE, 0.5).add(720, Blocks.nothing()).status();

    assertThat(status.reason())
        .isEqualTo("quiet: no metric differs; a trial of two arms alike has no next stage");
    assertThat(status.outcome()).isEqualTo(VerdictOutcome.PASS);
    assertThat(status.wish()).isEqualTo(Rollout.HOLD);
  }

  @Test
  void twoArmsAlikeThatDifferSayThatItCannotBe() {
    TrialStatus status = new Blocks(ALIKE, 0.5).add(720, Blocks.net(1)).status();

    assertThat(status.reason())
        .contains("net_bps +1.")
        .contains(": A/A sees a difference that cannot be");
    assertThat(status.outcome()).isEqualTo(VerdictOutcome.BREACH);
    assertThat(status.wish()).isEqualTo(Rollout.HOLD);
  }

  @Test
  void whereAllSlotsAreTreatedThereIsNothingToCompare() {
    TrialStatus status = new Blocks(PLAN, 1.0).add(100, Blocks.nothing()).status();

    assertThat(status.reason()).isEqualTo("all slots are treated: the trial is complete");
    assertThat(status.wish()).isEqualTo(Rollout.HOLD);
    assertThat(status.outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(status.sampleRatioP()).isNull();
    assertThat(status.slotsB()).isEqualTo(100);
    assertThat(status.deltas())
        .isNotEmpty()
        .allSatisfy(
            delta -> {
              assertThat(delta.outcome()).isEqualTo(VerdictOutcome.NO_DATA);
              assertThat(delta.estimate()).isNull();
            });
  }

  @Test
  void theLastStageBelowAllIsSaidToBeTheLast() {
    TrialPlan half = TrialYaml.parse("t.yaml", shippedWithout("[0.1, 0.5, 1.0]", "[0.1, 0.5]"));
    TrialStatus status = new Blocks(half, 0.5).add(720, Blocks.net(1)).status();

    assertThat(status.reason()).endsWith("; this is the last stage");
    assertThat(status.wish()).isEqualTo(Rollout.HOLD);
  }

  @Test
  void latencyIsComparedAsARatio() {
    TrialPlan plan = TrialYaml.parse("t.yaml", Plans.ETA);
    TrialStatus status =
        new Blocks(plan, 0.5)
            .add(
                720,
                Blocks.net(1)
                    .andThen(
                        slot ->
                            slot.totalUsHistogram =
                                Histograms.around(slot.arm == Arm.A ? 20 : 23, slot.slot)))
            .status();

    Delta delta = delta(status, "tick_total_p95_regression_ratio");
    assertThat(delta.estimate()).isCloseTo(0.15, within(0.02));
    assertThat(delta.valueB() / delta.valueA() - 1).isCloseTo(0.15, within(0.03));
    assertThat(delta.reason()).endsWith(": surely worse by more than 0.1");
  }

  @Test
  void theSameBlocksGiveTheSameStatus() {
    assertThat(new Blocks(PLAN, 0.1).add(50, Blocks.net(0.3)).status())
        .isEqualTo(new Blocks(PLAN, 0.1).add(50, Blocks.net(0.3)).status());
  }

  private static boolean loses(SlotSums slot) {
    return slot.arm == Arm.B && slot.slot % 4 == 0;
  }

  private static String shippedWithout(String right, String wrong) {
    return Plans.ETA
        .replace("    tick_total_p95_regression_ratio: 0.1\n", "")
        .replace(right, wrong);
  }

  private static Delta delta(TrialStatus status, String metric) {
    List<Delta> found = status.deltas().stream().filter(d -> d.metric().equals(metric)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static String range(TrialStatus status, String metric) {
    Delta delta = delta(status, metric);
    return "[" + Figures.fixed(delta.lower(), 2) + ", " + Figures.fixed(delta.upper(), 2) + "]";
  }
}
