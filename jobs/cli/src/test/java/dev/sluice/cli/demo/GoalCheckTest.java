// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static dev.sluice.cli.demo.TrialEvents.PLAN;
import static dev.sluice.cli.demo.TrialEvents.SLOT_US;
import static dev.sluice.cli.demo.TrialEvents.START_US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Delta;
import dev.sluice.schemas.DeltaRole;
import dev.sluice.schemas.Rollout;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.VerdictOutcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal's difference from raw fills, against what a judge says. */
class GoalCheckTest {
  @TempDir private Path directory;
  private final TrialEvents events = new TrialEvents();

  @Test
  void agreesWithAJudgeThatIsRight() {
    tradeWithAnEdgeOf(0.5);
    assertThat(check(said(0.5, 20, 2)).problem()).isNull();
    assertThat(check(said(0.5, 10, 4)).problem()).as("blocks joined in pairs").isNull();
  }

  @Test
  void failsWhenTheJudgeSaysAnotherDifference() {
    tradeWithAnEdgeOf(0.5);
    assertThat(check(said(0.4, 20, 2)).problem()).isEqualTo("they differ by 0.1000 bps");
  }

  @Test
  void failsWhenTheJudgeCountsOtherBlocks() {
    tradeWithAnEdgeOf(0.5);
    assertThat(check(said(0.5, 21, 2)).problem())
        .isEqualTo("by the raw fills there are 20 blocks with both arms");
  }

  @Test
  void countsBlocksOfTheStageAloneAndOnlySettledOnes() {
    events.play(0, 10, 0.5, place -> 9);
    events.play(10, 30, 0.5, place -> place.arm() == Arm.B ? 1.5 : 1);
    events.play(30, 32, 0.5, place -> place.arm() == Arm.B ? 7 : 1);
    TrialStatus word = said(0.5, 20, 2, START_US + 10 * SLOT_US, START_US + 33 * SLOT_US);
    assertThat(check(word).problem()).isNull();
  }

  @Test
  void nothingIsCheckedWhereAllSlotsAreTreatedOrTheGoalIsAnother() {
    tradeWithAnEdgeOf(0.5);
    events.write(directory);
    try (Datasets datasets = new Datasets(directory)) {
      TrialStatus said = said(0.5, 20, 2);
      TrialStatus all =
          new TrialStatus(
              said.schema(),
              said.engineId(),
              said.trialId(),
              said.planHash(),
              "100",
              1.0,
              said.eventTimeUs(),
              said.source(),
              said.stageSinceUs(),
              said.coveredMs(),
              said.dwellMs(),
              said.slotsA(),
              said.slotsB(),
              null,
              said.deltas(),
              said.wish(),
              said.outcome(),
              said.reason());
      assertThat(new GoalCheck(datasets, PLAN).of(List.of(all))).isEmpty();
    }
  }

  private void tradeWithAnEdgeOf(double bps) {
    events.play(0, 20, 0.5, place -> place.block() % 5 + (place.arm() == Arm.B ? bps : 0));
  }

  private Check check(TrialStatus word) {
    events.write(directory);
    try (Datasets datasets = new Datasets(directory)) {
      return new GoalCheck(datasets, PLAN).of(List.of(word)).get(0);
    }
  }

  private static TrialStatus said(double estimate, long blocks, long blockSlots) {
    return said(estimate, blocks, blockSlots, START_US, START_US + 22 * SLOT_US);
  }

  private static TrialStatus said(
      double estimate, long blocks, long blockSlots, long sinceUs, long atUs) {
    Delta goal =
        new Delta(
            "net_bps",
            "bps",
            DeltaRole.GOAL,
            estimate,
            0.1,
            0.9,
            1.0,
            1.5,
            blocks,
            blockSlots,
            null,
            20,
            20,
            VerdictOutcome.PASS,
            "better");
    return new TrialStatus(
        TrialStatus.SCHEMA,
        "mm-1",
        "wider",
        "sha256:1",
        "50",
        0.5,
        atUs,
        Source.SIMULATED,
        sinceUs,
        1_200_000,
        1_200_000,
        20,
        20,
        0.9,
        List.of(goal),
        Rollout.PROMOTE,
        VerdictOutcome.PASS,
        "everything is met");
  }
}
