// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import static dev.sluice.rules.trial.TrialTape.HOUR;
import static dev.sluice.rules.trial.TrialTape.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.SharedData;
import dev.sluice.rules.cases.EngineTape;
import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.TrialState;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The safety of a trial, with the shipped criteria: when it asks for the way back, and when not.
 */
class TrialSafetyTest {
  private static final TrialPlan PLAN = TrialYaml.parse("eta.yaml", Plans.ETA);
  private static final long ONSET = 3 * HOUR;
  private static final int ONSET_MINUTE = 180;

  private static final Map<String, Object> SLIPPING = TrialTape.slippage(20);
  private static final Map<String, Object> TAKING = Map.of("taker_notional_e6", 1_000_000_000L);
  private static final Map<String, Object> MISSING = Map.of("deadline_misses", 10);
  private static final Map<String, Object> SLOW =
      Map.of("total_us_histogram", EngineTape.histogram(100, 20));

  /**
   * Slippage and missed deadlines are seen with the first block that is hit. The taker share is of
   * an hour, 30 blocks of two minutes, so that even with nothing but takers it is the third that
   * brings it above 9 %. The percentile is of 3,000 ticks, 30 blocks, and moves when more than 5 %
   * of them are slow: with the second.
   */
  @ParameterizedTest
  @CsvSource({
    "trial-slippage, 0.5, 10",
    "trial-slippage, 0.1, 10",
    "trial-deadline-miss, 0.5, 10",
    "trial-deadline-miss, 0.1, 10",
    "trial-tick-p95, 0.5, 12",
    "trial-tick-p95, 0.1, 20",
    "trial-taker-share, 0.5, 14",
    "trial-taker-share, 0.1, 10"
  })
  void asksForTheWayBackTenMinutesAfterABlockBeganBadly(String id, double share, long minutes) {
    long onset = id.equals("trial-tick-p95") ? 6 * HOUR : ONSET;
    TrialTape tape = stage(share).with(Arm.B, onset, Long.MAX_VALUE, bad(id));
    TrialRun run = new TrialRun(PLAN).play(tape, 0, onset + minutes * MINUTE);
    assertThat(run.firstMinute(id, Action.ROLLBACK)).isEqualTo(onset / MINUTE + minutes);
    assertThat(run.last(id).action()).isEqualTo(Action.ROLLBACK);
    assertThat(run.last(id).scopeKey()).isEqualTo(Verdict.trialScope(PLAN.id(), stageName(share)));
    assertThat(run.asked()).containsExactly(id + " ROLLBACK");
    assertThat(run.first(id, Action.ROLLBACK).evidence().reason()).contains("10m allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"trial-slippage", "trial-deadline-miss", "trial-tick-p95", "trial-taker-share"})
  void eightBadMinutesDoNot(String id) {
    TrialTape tape = stage(0.5).with(Arm.B, ONSET, ONSET + 8 * MINUTE, bad(id));
    TrialRun run = new TrialRun(PLAN).play(tape, 0, ONSET + 2 * HOUR);
    if (!id.equals("trial-slippage")) { // whose bound is of the whole stage
      assertThat(run.asked()).isEmpty();
      assertThat(run.last(id).outcome()).isEqualTo(VerdictOutcome.PASS);
    }
    assertThat(run.of(id)).extracting(Verdict::outcome).contains(VerdictOutcome.BREACH);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5})
  void whatIsTheSameInBothArmsIsNoDifference(double share) {
    Map<String, Object> both = new HashMap<>(SLOW);
    both.putAll(SLIPPING);
    TrialTape tape = stage(share).with(null, ONSET, Long.MAX_VALUE, both);
    TrialRun run = new TrialRun(PLAN).play(tape, 0, ONSET + 2 * HOUR);
    assertThat(run.asked()).isEmpty();
    assertThat(run.last("trial-tick-p95").outcome()).isEqualTo(VerdictOutcome.PASS);
    assertThat(run.last("trial-slippage").outcome()).isEqualTo(VerdictOutcome.PASS);
  }

  @Test
  void justWithinTheLimitsIsNoBreach() {
    TrialTape tape =
        stage(0.5)
            .with(Arm.B, ONSET, Long.MAX_VALUE, Map.of("taker_notional_e6", 90_000_000L))
            .with(
                Arm.B,
                ONSET,
                Long.MAX_VALUE,
                Map.of("total_us_histogram", EngineTape.histogram(10.9, 20)));
    TrialRun run = new TrialRun(PLAN).play(tape, 0, ONSET + 2 * HOUR);
    assertThat(run.verdicts)
        .filteredOn(verdict -> verdict.eventTimeUs() >= EngineTape.startUs(ONSET))
        .filteredOn(verdict -> !verdict.criterionId().equals(Verdict.ACCEPTANCE))
        .extracting(Verdict::outcome)
        .containsOnly(VerdictOutcome.PASS);
  }

  @Test
  void aShareIsNoDataUntilThereAreEnoughSamplesAndHoldsAfterHalfAnHour() {
    TrialRun run = new TrialRun(PLAN).play(stage(0.1), 0, HOUR + 40 * MINUTE);
    assertThat(run.of("trial-deadline-miss").get(0).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.firstMinute("trial-deadline-miss", Action.HOLD)).isEqualTo(40);
    assertThat(run.last("trial-deadline-miss").outcome()).isEqualTo(VerdictOutcome.PASS);
    assertThat(run.last("trial-deadline-miss").evidence().samples()).isEqualTo(600);
    assertThat(run.asked()).isEmpty();
  }

  @Test
  void silenceIsNoEvidence() {
    TrialTape tape =
        stage(0.5)
            .with(Arm.B, ONSET, ONSET + 4 * MINUTE, both(SLIPPING, MISSING))
            .silent(null, ONSET + 4 * MINUTE, Long.MAX_VALUE);
    TrialRun run = new TrialRun(PLAN).play(tape, 0, ONSET + 2 * HOUR);
    assertThat(run.asked()).isEmpty();
    assertThat(run.last("trial-deadline-miss").action()).isEqualTo(Action.HOLD);
  }

  @Test
  void asksForAHaltWhereAIsAsBadAsB() {
    TrialTape tape = stage(0.5).with(null, ONSET, Long.MAX_VALUE, MISSING);
    TrialRun run = new TrialRun(PLAN).play(tape, 0, ONSET + 20 * MINUTE);
    assertThat(run.asked()).containsExactly("trial-deadline-miss HALT");
    assertThat(run.first("trial-deadline-miss", Action.HALT).evidence().reason())
        .endsWith(
            "there is no good way back: arm A breaks the limit of trial-deadline-miss too, with"
                + " 0.4167");
  }

  @Test
  void asksForAHaltWhereAIsSilent() {
    TrialTape tape =
        stage(0.5)
            .with(Arm.B, ONSET, Long.MAX_VALUE, MISSING)
            .silent(Arm.A, ONSET - 4 * MINUTE, Long.MAX_VALUE);
    TrialRun run = new TrialRun(PLAN).play(tape, 0, ONSET + 20 * MINUTE);
    assertThat(run.asked()).contains("trial-deadline-miss HALT");
    assertThat(run.asked()).doesNotContain("trial-deadline-miss ROLLBACK");
    assertThat(run.first("trial-deadline-miss", Action.HALT).evidence().reason())
        .endsWith("arm A has no ticks");
  }

  @Test
  void oneLateTickOfAIsNotAnIllA() {
    long only = ONSET + 5 * MINUTE;
    TrialTape tape = stage(0.5);
    while (TrialTape.arm(only, TrialTape.running(PLAN, 0.5, 0)) != Arm.A || only % MINUTE == 0) {
      only++;
    }
    tape.with(Arm.B, ONSET, Long.MAX_VALUE, MISSING)
        .with(Arm.A, only, only + 1, Map.of("ticks", 1, "deadline_misses", 1))
        .silent(Arm.A, 0, only)
        .silent(Arm.A, only + 1, Long.MAX_VALUE);
    TrialRun run = new TrialRun(PLAN).play(tape, 0, ONSET + 12 * MINUTE);
    assertThat(run.asked()).containsExactly("trial-deadline-miss ROLLBACK");
  }

  @Test
  void aLimitThatIsNotEnforcedDoesNotMakeAIll() {
    TrialTape tape =
        stage(0.5)
            .with(Arm.B, ONSET, Long.MAX_VALUE, MISSING)
            .with(Arm.A, HOUR, Long.MAX_VALUE, TAKING);
    TrialRun enforced = new TrialRun(PLAN).play(tape, 0, ONSET + 12 * MINUTE);
    TrialRun shadowed = new TrialRun(shadowing("trial-taker-share"), PLAN);
    shadowed.play(tape, 0, ONSET + 12 * MINUTE);
    assertThat(enforced.asked()).containsExactly("trial-deadline-miss HALT");
    assertThat(enforced.first("trial-deadline-miss", Action.HALT).evidence().reason())
        .contains("arm A breaks the limit of trial-taker-share too");
    assertThat(shadowed.asked()).containsExactly("trial-deadline-miss ROLLBACK");
  }

  @Test
  void anAThatHadNoSlotYetIsNotMissed() {
    long since = 0;
    TrialState trial = TrialTape.running(PLAN, 0.1, since);
    while (TrialTape.arm(since, trial) != Arm.A || TrialTape.arm(since + MINUTE, trial) != Arm.B) {
      since += MINUTE;
    }
    SafetyBlock block = new SafetyBlock();
    block.startUs = EngineTape.startUs(since + MINUTE);
    block.endUs = EngineTape.startUs(since + 2 * MINUTE);
    assertThat(missesA(block, trial)).isFalse();
    block.startUs = EngineTape.startUs(since + 1); // the slot of A had begun
    assertThat(missesA(block, trial)).isFalse();
    block.startUs = EngineTape.startUs(since);
    assertThat(missesA(block, trial)).isTrue();
    block.a.ticks = 1;
    assertThat(missesA(block, trial)).isFalse();
  }

  private static boolean missesA(SafetyBlock block, TrialState trial) {
    return SafetyWindow.of(Metric.DEADLINE_MISS_RATIO_B, List.of(block), block.endUs, 1)
        .missesA(trial, List.of(TrialTape.SYMBOL));
  }

  private static List<CriterionSpec> shadowing(String id) {
    try {
      String text = Files.readString(SharedData.repository("config/criteria/trial.yaml"));
      String shadowed = text.replace("- id: " + id + "\n", "- id: " + id + "\n  mode: SHADOW\n");
      assertThat(shadowed).isNotEqualTo(text);
      return CriteriaYaml.parseAll(Map.of("trial.yaml", shadowed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aHaltIsNotResumedInto() {
    TrialTape tape = stage(0.5).with(null, ONSET, ONSET + 20 * MINUTE, MISSING);
    TrialRun run = new TrialRun(PLAN).play(tape, 0, ONSET + 20 * MINUTE);
    assertThat(run.command(CommandAction.RESUME, null).verdicts()).isEmpty();
    assertThat(run.last("trial-deadline-miss").phase()).isEqualTo(Phase.TRIPPED);
    run.play(tape, ONSET + 20 * MINUTE, ONSET + 60 * MINUTE);
    assertThat(run.last("trial-deadline-miss").phase()).isEqualTo(Phase.CLEAR);
  }

  @Test
  void aPersonResetsTheGuardsOfTheStage() {
    TrialTape tape = stage(0.5).with(Arm.B, ONSET, Long.MAX_VALUE, MISSING);
    TrialRun run = new TrialRun(PLAN).play(tape, 0, ONSET + 12 * MINUTE);
    assertThat(run.last("trial-deadline-miss").action()).isEqualTo(Action.ROLLBACK);
    List<Verdict> said = run.command(CommandAction.RESUME, null).verdicts();
    assertThat(said).extracting(Verdict::criterionId).containsExactly("trial-deadline-miss");
    assertThat(said.get(0).phase()).isEqualTo(Phase.CLEAR);
    assertThat(said.get(0).evidence().reason()).contains("ann");
  }

  @Test
  void whereAllSlotsAreTreatedOnlyWhatNeedsNoComparisonIsJudged() {
    TrialTape tape = stage(1.0).with(Arm.B, ONSET, Long.MAX_VALUE, both(MISSING, SLOW));
    TrialRun run = new TrialRun(PLAN).play(tape, 0, ONSET + 20 * MINUTE);
    assertThat(run.of("trial-tick-p95")).isEmpty();
    assertThat(run.of("trial-slippage")).isEmpty();
    assertThat(run.firstMinute("trial-deadline-miss", Action.ROLLBACK))
        .isEqualTo(ONSET_MINUTE + 10);
    assertThat(run.asked()).containsExactly("trial-deadline-miss ROLLBACK");
  }

  @Test
  void twoArmsAlikeStayQuiet() {
    TrialPlan plan = TrialYaml.parse("quiet.yaml", Plans.AA);
    TrialTape tape = new TrialTape().stage(0, TrialTape.running(plan, 0.5, 0));
    TrialRun run = new TrialRun(plan).play(tape, 0, 8 * HOUR);
    assertThat(run.asked()).isEmpty();
    assertThat(run.status().reason()).startsWith("quiet: no metric differs");
    assertThat(run.statuses).extracting(status -> status.wish().name()).containsOnly("HOLD");
  }

  private static TrialTape stage(double share) {
    return new TrialTape().stage(0, TrialTape.running(PLAN, share, 0));
  }

  private static String stageName(double share) {
    return share == 0.5 ? "50" : "10";
  }

  private static Map<String, Object> bad(String id) {
    return switch (id) {
      case "trial-slippage" -> SLIPPING;
      case "trial-deadline-miss" -> MISSING;
      case "trial-tick-p95" -> SLOW;
      case "trial-taker-share" -> TAKING;
      default -> throw new IllegalArgumentException(id);
    };
  }

  private static Map<String, Object> both(Map<String, Object> one, Map<String, Object> other) {
    Map<String, Object> all = new HashMap<>(one);
    all.putAll(other);
    return all;
  }
}
