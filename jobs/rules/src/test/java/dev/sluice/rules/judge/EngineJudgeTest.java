// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rules.cases.EngineTape;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineJudgeTest {
  private static final String ON_MISSING = "on_missing: {after: 1h, action: ALERT}";

  @Test
  void verdictsAreSaidOnChangeAndOnceAMinute() {
    JudgeRun run = new JudgeRun(miss("")).play(new EngineTape(), 0, 60);
    assertThat(run.of("miss")).hasSize(10);
    assertThat(run.of(Verdict.PROGRESS)).hasSize(60);
  }

  @Test
  void progressComesLastAndNamesTheEndOfTheBucket() {
    JudgeRun run = new JudgeRun(miss(""));
    Judgement judgement = run.bucket(new EngineTape().bucket(3));
    Verdict last = judgement.verdicts().get(judgement.verdicts().size() - 1);
    assertThat(last.progressMarker()).isTrue();
    assertThat(last.eventTimeUs()).isEqualTo(EngineTape.startUs(4));
    assertThat(last.evidence().decidedIngestUs()).isEqualTo(EngineTape.startUs(4) + 7_000);
  }

  @Test
  void idsAreTheSameInEveryRunAndDifferentForEveryVerdict() {
    EngineTape storm = new EngineTape().with("deadline_misses", 5, 30, 20);
    List<Verdict> first = new JudgeRun(miss("hold: 1m")).play(storm, 0, 60).verdicts();
    assertThat(new JudgeRun(miss("hold: 1m")).play(storm, 0, 60).verdicts()).isEqualTo(first);
    assertThat(first).extracting(Verdict::verdictId).doesNotHaveDuplicates();
    assertThat(first.get(0).verdictId()).matches("[0-9a-f]{16}");
  }

  @Test
  void theEvidenceSaysWhatWasMeasuredAndWhy() {
    EngineTape storm = new EngineTape().with("deadline_misses", 6, 30, 10);
    Verdict tripped =
        new JudgeRun(miss("hold: 1m"))
            .play(storm, 0, 20).of("miss").stream()
                .filter(verdict -> verdict.phase() == Phase.TRIPPED)
                .findFirst()
                .orElseThrow();
    assertThat(tripped.evidence().measured()).isEqualTo(0.5);
    assertThat(tripped.evidence().limit()).isEqualTo(0.05);
    assertThat(tripped.evidence().samples()).isEqualTo(120);
    assertThat(tripped.evidence().reason())
        .isEqualTo(
            "deadline_miss_ratio is 0.5 over 1m, in breach when > 0.05; held 1m, 1m allowed");
    assertThat(tripped.episodeStartUs()).isEqualTo(EngineTape.startUs(7));
  }

  /** A heartbeat an hour ahead must not make the judge deaf for an hour. */
  @Test
  void aHeartbeatFarAheadOfTheBucketsIsIgnoredAndTheBreakerTripsOnTime() {
    EngineTape open =
        new EngineTape()
            .with("breaker", 30, 100, "OPEN")
            .with("breaker_since_us", 30, 100, EngineTape.startUs(30));
    List<String> expected = new JudgeRun(breaker()).play(open, 0, 40).phases("breaker");
    JudgeRun run = new JudgeRun(breaker()).play(open, 0, 25);
    assertThat(run.health(open.health(25 + 360)).ignored()).isTrue();
    assertThat(run.health(open.health(25)).ignored()).isFalse();
    run.play(open, 25, 40);
    assertThat(run.phases("breaker")).isEqualTo(expected);
    assertThat(run.firstSeconds("breaker", Phase.TRIPPED)).isEqualTo(340);
  }

  @Test
  void aHeartbeatWithinTheMarginIsJudged() {
    JudgeRun run = new JudgeRun(breaker()).play(new EngineTape(), 0, 10);
    assertThat(run.health(new EngineTape().health(10 + 90)).ignored()).isFalse();
    assertThat(run.health(new EngineTape().health(10 + 91)).ignored()).isTrue();
  }

  @Test
  void shadowModeSpeaksButIsMarked() {
    EngineTape storm = new EngineTape().always("deadline_misses", 20);
    JudgeRun run = new JudgeRun(miss("mode: shadow")).play(storm, 0, 10);
    assertThat(run.last("miss").phase()).isEqualTo(Phase.TRIPPED);
    assertThat(run.of("miss")).allMatch(verdict -> verdict.mode() == Enforcement.SHADOW);
  }

  @Test
  void resumeClearsAndTheHoldStartsAnew() {
    EngineTape storm = new EngineTape().always("deadline_misses", 20);
    JudgeRun run = new JudgeRun(miss("hold: 1m")).play(storm, 0, 10);
    assertThat(run.last("miss").phase()).isEqualTo(Phase.TRIPPED);
    run.command(CommandAction.RESUME, null);
    assertThat(run.last("miss").phase()).isEqualTo(Phase.CLEAR);
    assertThat(run.last("miss").evidence().reason())
        .isEqualTo("resumed by a person (ann: checked)");
    run.play(storm, 10, 16);
    assertThat(run.last("miss").phase()).isEqualTo(Phase.PENDING);
    run.play(storm, 16, 17);
    assertThat(run.last("miss").phase()).isEqualTo(Phase.TRIPPED);
  }

  @Test
  void resumeIsRefusedWhileAHaltIsInBreach() {
    EngineTape storm = new EngineTape().with("deadline_misses", 0, 10, 20);
    JudgeRun run = new JudgeRun(specs("action: HALT", "recover_hold: 1h")).play(storm, 0, 10);
    run.command(CommandAction.RESUME, null);
    assertThat(run.last("miss").phase()).isEqualTo(Phase.TRIPPED);
    run.play(storm, 10, 20).command(CommandAction.RESUME, null);
    assertThat(run.last("miss").phase()).isEqualTo(Phase.CLEAR);
  }

  @Test
  void acknowledgeUnlatchesTheNamedCriterion() {
    EngineTape storm = new EngineTape().with("deadline_misses", 0, 10, 20);
    JudgeRun run = new JudgeRun(miss("latch: true")).play(storm, 0, 20);
    assertThat(run.last("miss").phase()).isEqualTo(Phase.LATCHED);
    run.command(CommandAction.ACKNOWLEDGE, "another");
    assertThat(run.last("miss").phase()).isEqualTo(Phase.LATCHED);
    run.command(CommandAction.ACKNOWLEDGE, "miss").play(storm, 20, 21);
    assertThat(run.last("miss").phase()).isEqualTo(Phase.CLEAR);
  }

  @Test
  void aBucketJudgedBeforeOrOfAnotherWidthIsIgnored() {
    JudgeRun run = new JudgeRun(miss("")).play(new EngineTape(), 0, 10);
    int said = run.verdicts().size();
    assertThat(run.bucket(new EngineTape().bucket(9)).ignored()).isTrue();
    assertThat(run.bucket(new EngineTape().with("width_ms", 0, 99, 5_000).bucket(11)).ignored())
        .isTrue();
    assertThat(run.verdicts()).hasSize(said);
  }

  @Test
  void memoryIsBoundedByTheLongestWindow() {
    JudgeRun run = new JudgeRun(miss("")).play(new EngineTape(), 0, 50);
    assertThat(run.memory().slotCount()).isEqualTo(6);
    run.play(new EngineTape(), 100_000, 100_001);
    assertThat(run.memory().slotCount()).isEqualTo(1);
  }

  @Test
  void symbolsAndArmsAreJudgedApart() {
    List<CriterionSpec> specs =
        CriteriaYaml.parse(
            "t.yaml",
            """
            - {id: symbol, metric: deadline_miss_ratio, over: 10s, breach: "> 0.5", scope: symbol,
               %s, action: PAUSE}
            - {id: arm, metric: deadline_miss_ratio, over: 10s, breach: "> 0.5", scope: arm,
               %s, action: ROLLBACK}
            """
                .formatted(ON_MISSING, ON_MISSING));
    JudgeRun run = new JudgeRun(specs);
    run.bucket(EngineTape.part(0, "BTC", "A", Map.of("deadline_misses", 0)));
    run.bucket(EngineTape.part(0, "BTC", "B", Map.of("deadline_misses", 16)));
    run.bucket(EngineTape.part(0, "ETH", "B", Map.of("deadline_misses", 12)));
    run.bucket(new EngineTape().bucket(0));
    assertThat(run.verdicts())
        .extracting(verdict -> verdict.scopeKey() + " " + verdict.outcome())
        .containsExactlyInAnyOrder(
            "symbol=BTC PASS",
            "symbol=ETH BREACH",
            "arm=A PASS",
            "arm=B BREACH",
            "judge=criteria PASS");
    run.bucket(new EngineTape().bucket(1));
    assertThat(run.of("symbol").get(3).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
  }

  @Test
  void theFirstBucketsOfAProcessAreNotJudgedWhileItWarmsUp() {
    EngineTape cold = new EngineTape().with("deadline_misses", 0, 12, 20);
    JudgeRun run = new JudgeRun(miss("warmup: 2m")).play(cold, 0, 30);
    assertThat(run.of("miss")).noneMatch(verdict -> verdict.outcome() == VerdictOutcome.BREACH);
    assertThat(run.of("miss").get(0).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.last("miss").outcome()).isEqualTo(VerdictOutcome.PASS);
  }

  @Test
  void heartbeatsAndBucketsInEitherOrderGiveTheSameInstantVerdicts() {
    EngineTape tape =
        new EngineTape()
            .with("breaker", 10, 50, "OPEN")
            .with("breaker_since_us", 10, 99, EngineTape.startUs(10));
    List<CriterionSpec> specs = List.of(ShippedCriteria.of("breaker-open"));
    JudgeRun heartbeatFirst = new JudgeRun(specs).play(tape, 0, 60);
    JudgeRun bucketsOnly = new JudgeRun(specs);
    for (int index = 0; index < 60; index++) {
      bucketsOnly.bucket(tape.bucket(index));
    }
    assertThat(bucketsOnly.phases("breaker-open")).isEqualTo(heartbeatFirst.phases("breaker-open"));
    assertThat(bucketsOnly.firstSeconds("breaker-open", Phase.TRIPPED)).isEqualTo(410);
  }

  @Test
  void whatIsOffIsSilentAndNothingOnIsRefused() {
    assertThatThrownBy(() -> new JudgeRun(miss("mode: off")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JudgeRun(List.of()))
        .hasMessageContaining("nothing would be judged");
  }

  @Test
  void threeDaysOfAllShippedCriteriaCostLessThanTenSecondsOfProcessorTime() {
    EngineTape tape = new EngineTape();
    EngineJudge judge = new EngineJudge(ShippedCriteria.all(), 10_000, 60_000);
    HeapMemory memory = new HeapMemory();
    long spentNanos = 0;
    for (long index = 0; index < 72 * 360; index++) {
      Bucket bucket = tape.bucket(index);
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      judge.bucket(bucket, memory);
      spentNanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }
    assertThat(spentNanos).isLessThan(10_000_000_000L);
  }

  private static List<CriterionSpec> breaker() {
    return CriteriaYaml.parse(
        "t.yaml",
        "- {id: breaker, metric: breaker_open_s, instant: true, breach: \"> 30\", "
            + "on_missing: {after: 5m, action: PAUSE}, action: HALT}");
  }

  private static List<CriterionSpec> miss(String more) {
    return specs("action: PAUSE", more);
  }

  private static List<CriterionSpec> specs(String action, String more) {
    return CriteriaYaml.parse(
        "t.yaml",
        "- {id: miss, metric: deadline_miss_ratio, over: 1m, breach: \"> 0.05\", "
            + ON_MISSING
            + ", "
            + action
            + (more.isEmpty() ? "" : ", " + more)
            + "}");
  }
}
