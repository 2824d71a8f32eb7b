// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import static dev.sluice.rules.trial.TrialTape.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.cases.EngineTape;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.TrialState;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of a trial that is not the one the judge knows. */
class PlanCheckTest {
  private static final TrialPlan PLAN = TrialYaml.parse("eta.yaml", Plans.ETA);

  @Test
  void anUnknownTrialIsNoDataAndHeldAndNeverPromoted() {
    TrialState unknown =
        new TrialState(
            "auto-spread-queue-etta", "20", 0.21, EngineTape.START_US, "s", 60_000, 10_000, null);
    EngineTape tape = new EngineTape().always("trial", unknown);
    TrialRun run = new TrialRun(PLAN);
    for (long index = 0; index < 40 * MINUTE; index++) {
      run.bucket(tape.bucket(index));
    }
    assertThat(run.status().outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.status().reason())
        .startsWith("trial `auto-spread-queue-etta` is not configured at the judge")
        .contains("auto-spread-queue-eta");
    assertThat(run.last(Verdict.ACCEPTANCE).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.firstMinute("trial-slippage", Action.HOLD)).isEqualTo(31);
    assertThat(run.verdicts).extracting(Verdict::outcome).doesNotContain(VerdictOutcome.BREACH);
  }

  @Test
  void aTrialOtherThanTheJudgesIsNoData() {
    TrialState mine = TrialTape.running(PLAN, 0.5, 0);
    assertThat(reasonOf(state(mine, 0.5, "other", 60_000, 10_000)))
        .isEqualTo(
            "the engine runs `auto-spread-queue-eta` with another salt: other, and the judge"
                + " 2026-01-a");
    assertThat(reasonOf(state(mine, 0.5, mine.salt(), 120_000, 10_000)))
        .contains("slot_ms: 120000, and the judge 60000");
    assertThat(reasonOf(state(mine, 0.5, mine.salt(), 60_000, 20_000)))
        .contains("warmup_ms: 20000, and the judge 10000");
    assertThat(reasonOf(state(mine, 0.25, mine.salt(), 60_000, 10_000)))
        .contains("a share of 0.25 is no stage of `auto-spread-queue-eta`");
  }

  @Test
  void anArmBWithOtherSettingsThanThePlansIsNoData() {
    TrialState mine = TrialTape.running(PLAN, 0.5, 0);
    String other = TrialState.armBHash(Map.of("flags.adaptive_spread", "true"));
    TrialTape tape = new TrialTape().stage(0, withArmB(mine, other));
    TrialRun run = new TrialRun(PLAN).play(tape, 0, 40 * MINUTE);
    assertThat(run.status().reason())
        .startsWith("arm B of the engine has other settings than the plan");
    assertThat(run.status().outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.last(Verdict.ACCEPTANCE).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.firstMinute("trial-slippage", Action.HOLD)).isEqualTo(31);
    assertThat(reasonOf(mine)).doesNotContain("other settings");
    assertThat(reasonOf(withArmB(mine, null))).isEqualTo(reasonOf(mine));
  }

  private static String reasonOf(TrialState state) {
    TrialTape tape = new TrialTape().stage(0, state);
    return new TrialRun(PLAN).play(tape, 0, MINUTE).status().reason();
  }

  private static TrialState state(
      TrialState like, double share, String salt, long slotMs, long warmupMs) {
    return new TrialState(
        like.trialId(), like.stage(), share, like.sinceUs(), salt, slotMs, warmupMs, like.armB());
  }

  private static TrialState withArmB(TrialState like, String armB) {
    return new TrialState(
        like.trialId(),
        like.stage(),
        like.treatmentShare(),
        like.sinceUs(),
        like.salt(),
        like.slotMs(),
        like.warmupMs(),
        armB);
  }
}
