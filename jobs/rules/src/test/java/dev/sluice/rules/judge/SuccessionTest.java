// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import static dev.sluice.rules.live.LiveRecords.miss;
import static dev.sluice.rules.live.LiveRecords.promote;
import static dev.sluice.rules.live.LiveRecords.revert;
import static dev.sluice.rules.live.LiveRecords.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.cases.EngineTape;
import dev.sluice.rules.gate.Gate;
import dev.sluice.rules.gate.GateInput;
import dev.sluice.rules.gate.GatePolicy;
import dev.sluice.rules.gate.GateState;
import dev.sluice.rules.gate.GateStep;
import dev.sluice.rules.gate.GateTime;
import dev.sluice.rules.live.LiveCriteria;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.LiveCriterion;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A criterion that changes while engines are judged, from the judge to the gate's mode. */
class SuccessionTest {
  private static final String OTHER =
      "\n- {id: alive, metric: event_age_s, instant: true, breach: \"> 600\", action: HALT,"
          + " on_missing: {after: 1h, action: ALERT}}";

  /** Storm from bucket 10 on: misses 50 %. */
  private final EngineTape storm = new EngineTape().with("deadline_misses", 10, 1_000, 10);

  private final HeapMemory memory = new HeapMemory();
  private final List<Verdict> verdicts = new ArrayList<>();
  private GateState gate = GateState.initial("mm-1");
  private LiveCriteria live;
  private EngineJudge judge;
  private long next;

  @Test
  void aHoldThatRunsGoesOnUnderANewLimitOnTheSameMeasurement() {
    files("over: 1m, breach: \"> 0.1\", hold: 5m, action: PAUSE");
    until(20);
    assertThat(last("miss").phase()).isEqualTo(Phase.PENDING);
    long sinceUs = last("miss").episodeStartUs();
    change(promote("miss", 1, text("over: 1m, breach: \"> 0.2\", hold: 2m, action: PAUSE")));
    until(30);
    assertThat(last("miss").phase()).isEqualTo(Phase.TRIPPED);
    assertThat(last("miss").episodeStartUs()).as("the hold began before").isEqualTo(sinceUs);
    assertThat(last("miss").criteriaHash()).isEqualTo(live.inForce("miss").criteriaHash());
    assertThat(mode()).isEqualTo(Mode.PAUSE);
  }

  @Test
  void anotherWindowIsJudgedAnewAndItsHoldBeginsAnew() {
    files("over: 1m, breach: \"> 0.1\", hold: 1m, action: PAUSE");
    until(30);
    assertThat(mode()).isEqualTo(Mode.PAUSE);
    String changed = text("over: 5m, breach: \"> 0.1\", hold: 2m, min_samples: 500, action: PAUSE");
    change(promote("miss", 1, changed));
    until(31);
    assertThat(of("miss")).anyMatch(v -> v.evidence().reason().contains("judged anew"));
    assertThat(last("miss").outcome()).as("not warm yet").isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(last("miss").phase()).isEqualTo(Phase.CLEAR);
    assertThat(mode()).as("a pause of the criterion alone is left").isEqualTo(Mode.RUN);
    until(70);
    assertThat(last("miss").phase()).isEqualTo(Phase.TRIPPED);
    assertThat(last("miss").episodeStartUs()).isGreaterThan(EngineTape.startUs(31));
    assertThat(mode()).isEqualTo(Mode.PAUSE);
  }

  @Test
  void whatIsStagedNeverActsAndWhatIsInForceGoesOn() {
    files("over: 1m, breach: \"> 0.9\", action: PAUSE");
    change(stage("miss", 1, text("over: 1m, breach: \"> 0.1\", action: HALT")));
    until(30);
    assertThat(last("miss-staged").phase()).isEqualTo(Phase.TRIPPED);
    assertThat(last("miss").outcome()).isEqualTo(VerdictOutcome.PASS);
    assertThat(mode()).isEqualTo(Mode.RUN);
  }

  @Test
  void aBreachThatStandsInShadowActsWithTheFirstEvaluationAfterPromotion() {
    files("over: 1m, breach: \"> 0.9\", action: PAUSE");
    String staged = text("over: 2m, breach: \"> 0.1\", hold: 3m, action: HALT");
    change(stage("miss", 1, staged));
    until(40);
    assertThat(last("miss-staged").phase()).isEqualTo(Phase.TRIPPED);
    change(promote("miss", 2, staged));
    until(41);
    assertThat(last("miss").phase()).isEqualTo(Phase.TRIPPED);
    assertThat(mode()).isEqualTo(Mode.HALT);
    assertThat(last("miss-staged").evidence().reason()).contains("withdrawn");
    assertThat(last("miss-staged").phase()).isEqualTo(Phase.CLEAR);
  }

  @Test
  void theFilesTextStagedAndTakenBackLeavesTheOneInForceAlone() {
    String same = "over: 1m, breach: \"> 0.1\", hold: 1m, latch: true, action: PAUSE";
    files(same);
    until(20);
    assertThat(last("miss").phase()).isEqualTo(Phase.LATCHED);
    change(stage("miss", 1, text(same)));
    until(21);
    change(revert("miss", 2));
    until(22);
    assertThat(last("miss").phase()).isEqualTo(Phase.LATCHED);
    assertThat(mode()).isEqualTo(Mode.PAUSE);
  }

  @Test
  void anEnginePausedByACriterionThatIsWithdrawnRunsAgainAndThatIsSaid() {
    files("over: 1m, breach: \"> 0.9\", action: PAUSE");
    change(promote("fresh", 1, miss("fresh", "over: 1m, breach: \"> 0.1\", action: PAUSE")));
    until(30);
    assertThat(mode()).isEqualTo(Mode.PAUSE);
    change(revert("fresh", 2));
    until(31);
    assertThat(mode()).isEqualTo(Mode.RUN);
    assertThat(gate.control().cause().get(0).reason()).contains("withdrawn");
    assertThat(memory.criterionKeys()).doesNotContain("fresh");
    int said = of("fresh").size();
    until(60);
    assertThat(of("fresh")).as("one last word").hasSize(said);
  }

  @Test
  void anEngineHaltedOrLatchedByACriterionThatIsWithdrawnWaitsForAPersonWhomNothingRefuses() {
    for (String action : List.of("action: HALT", "latch: true, action: PAUSE")) {
      SuccessionTest one = new SuccessionTest();
      one.files("over: 1m, breach: \"> 0.9\", action: PAUSE");
      one.change(promote("fresh", 1, miss("fresh", "over: 1m, breach: \"> 0.1\", " + action)));
      one.until(30);
      Mode stood = one.mode();
      assertThat(stood).isNotEqualTo(Mode.RUN);
      one.change(revert("fresh", 2));
      one.until(40);
      assertThat(one.mode()).as("not healed silently").isEqualTo(stood);
      one.resume();
      assertThat(one.mode()).isEqualTo(Mode.RUN);
      one.until(50);
      assertThat(one.mode()).isEqualTo(Mode.RUN);
    }
  }

  @Test
  void aShorterLongestWindowLosesNobodysBuckets() {
    files("over: 10m, breach: \"> 0.95\", min_samples: 1100, action: PAUSE");
    String day = "over: 1h, breach: \"> 0.99\", action: PAUSE";
    change(promote("fresh", 1, miss("fresh", day)));
    until(300);
    change(revert("fresh", 2));
    until(307);
    assertThat(of("miss").stream().filter(v -> v.eventTimeUs() > EngineTape.startUs(299)))
        .isNotEmpty()
        .allMatch(v -> v.outcome() == VerdictOutcome.PASS && v.evidence().coverageRatio() == 1.0);
    assertThat(memory.slotCount()).isEqualTo(60);
  }

  @Test
  void everyBucketIsJudgedOnceByTheSetThatItsVerdictsName() {
    files("over: 10s, breach: \"> 0.1\", action: PAUSE");
    until(5);
    change(promote("miss", 1, text("over: 10s, breach: \"> 0.2\", action: PAUSE")));
    until(10);
    List<Verdict> markers = of(Verdict.PROGRESS);
    assertThat(markers).hasSize(10).extracting(Verdict::eventTimeUs).doesNotHaveDuplicates();
    assertThat(markers.stream().map(Verdict::criteriaHash).distinct()).hasSize(2);
    assertThat(verdicts).extracting(Verdict::verdictId).doesNotHaveDuplicates();
  }

  @Test
  void aStateOfASavepointThatKnowsNoTextsIsAdoptedAsItIs() {
    files("over: 1m, breach: \"> 0.1\", hold: 5m, action: PAUSE");
    until(20);
    CriterionState known = memory.criterion("miss");
    memory.putCriterion("miss", new CriterionState(known.guard(), known.emittedUs()));
    memory.putCursor(memory.cursor().judgedBy(0));
    int said = verdicts.size();
    judge.bucket(storm.bucket(20), memory).verdicts().forEach(this::hear);
    assertThat(verdicts.subList(said, verdicts.size()))
        .extracting(Verdict::criterionId)
        .doesNotContain("miss");
    assertThat(memory.criterion("miss").guard().holdSinceUs())
        .isEqualTo(known.guard().holdSinceUs());
    assertThat(memory.criterion("miss").textId()).isEqualTo(known.textId());
  }

  private static String text(String keys) {
    return miss("miss", keys);
  }

  private void files(String keys) {
    live = LiveCriteria.of(CriteriaYaml.parse("files.yaml", text(keys) + OTHER), List.of());
    judge = new EngineJudge(live.all(), 10_000, 60_000);
  }

  private void change(LiveCriterion record) {
    live = live.take(record).criteria();
    assertThat(live.record(record.criterionId())).isEqualTo(record);
    judge = new EngineJudge(live.all(), 10_000, 60_000);
  }

  private void until(long bucket) {
    for (; next < bucket; next++) {
      judge.health(storm.health(next), 0, memory).verdicts().forEach(this::hear);
      judge.bucket(storm.bucket(next), memory).verdicts().forEach(this::hear);
    }
  }

  private void resume() {
    Command command =
        new Command(
            Command.SCHEMA,
            "c-1",
            "mm-1",
            "ann",
            "it is gone",
            CommandAction.RESUME,
            "engine",
            null,
            EngineTape.startUs(next),
            null);
    judge.command(command, memory).verdicts().forEach(this::hear);
    decide(new GateInput.Asked(command));
  }

  private void hear(Verdict verdict) {
    verdicts.add(verdict);
    decide(new GateInput.Judged(verdict));
  }

  private void decide(GateInput input) {
    GateTime now =
        new GateTime(EngineTape.startUs(next), EngineTape.START_US, GateTime.NO_CHECKPOINTS);
    GateStep step = Gate.decide(gate, input, now, GatePolicy.ofHistory(List.of()));
    gate = step.state();
  }

  private Mode mode() {
    return gate.control() == null ? Mode.RUN : gate.control().mode();
  }

  private List<Verdict> of(String id) {
    return verdicts.stream().filter(verdict -> verdict.criterionId().equals(id)).toList();
  }

  private Verdict last(String id) {
    List<Verdict> all = of(id);
    return all.get(all.size() - 1);
  }
}
