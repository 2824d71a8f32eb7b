// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.cases.EngineTape;
import dev.sluice.rules.gate.Gate;
import dev.sluice.rules.gate.GateInput;
import dev.sluice.rules.gate.GatePolicy;
import dev.sluice.rules.gate.GateState;
import dev.sluice.rules.gate.GateStep;
import dev.sluice.rules.gate.GateTime;
import dev.sluice.rules.gate.RolloutPolicy;
import dev.sluice.rules.judge.EngineJudge;
import dev.sluice.rules.judge.HeapMemory;
import dev.sluice.rules.judge.Judgement;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Evidence;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A decision is decided again from the judges' words; whatever differs is named. */
class DecisionReplayTest {
  private static final long MINUTE = 6;
  private static final GatePolicy POLICY =
      new GatePolicy(
          "judge-1",
          5_000,
          10_000,
          10_000,
          15_000,
          60_000,
          0,
          List.of(),
          List.of("criteria"),
          RolloutPolicy.NONE);
  private static final List<CriterionSpec> SPECS =
      CriteriaYaml.parse(
          "t.yaml",
          """
          - {id: miss, metric: deadline_miss_ratio, over: 1m, breach: "> 0.1", recover: "< 0.05",
             hold: 2m, recover_hold: 1m, min_samples: 60, on_missing: {after: 3m, action: ALERT},
             action: PAUSE}
          - {id: breaker, metric: breaker_open_s, instant: true, breach: "> 300", latch: true,
             on_missing: {after: 5m, action: ALERT}, action: HALT}
          """);

  private final List<Verdict> words = new ArrayList<>();
  private final List<Control> archived = new ArrayList<>();
  private final Map<String, Verdict> verdicts = new HashMap<>();
  private final Command resume =
      new Command(
          Command.SCHEMA,
          "c-1",
          "mm-1",
          "ann",
          "reset",
          CommandAction.RESUME,
          "engine",
          null,
          EngineTape.startUs(52 * MINUTE),
          null);

  DecisionReplayTest() {
    EngineTape tape =
        new EngineTape()
            .with("deadline_misses", 10 * MINUTE, 14 * MINUTE, 5)
            .with("breaker", 40 * MINUTE, 50 * MINUTE, "OPEN")
            .with("breaker_since_us", 40 * MINUTE, 50 * MINUTE, EngineTape.startUs(40 * MINUTE));
    EngineJudge judge = new EngineJudge(SPECS, 10_000, 60_000);
    HeapMemory memory = new HeapMemory();
    Production gate = new Production();
    for (long index = 0; index < 60 * MINUTE; index++) {
      if (index == 53 * MINUTE) {
        gate.hears(new GateInput.Asked(resume), 53 * MINUTE);
        judge.command(resume, memory);
      }
      Judgement health = judge.health(tape.health(index), 0, memory);
      Judgement bucket = judge.bucket(tape.bucket(index), memory);
      for (Judgement judgement : List.of(health, bucket)) {
        for (Verdict verdict : judgement.verdicts()) {
          words.add(verdict);
          verdicts.put(verdict.verdictId(), verdict);
          gate.hears(new GateInput.Judged(verdict), index);
        }
      }
    }
  }

  private final class Production {
    private GateState state = GateState.initial("mm-1");

    void hears(GateInput input, long index) {
      long wallUs = 1_000_000 * (index + 7);
      GateStep step =
          Gate.decide(state, input, new GateTime(wallUs, 0, GateTime.NO_CHECKPOINTS), POLICY);
      state = step.state();
      if (step.control() != null) {
        archived.add(step.control());
      }
    }
  }

  @Test
  void everyDecisionComesOutTheSame() {
    assertThat(archived)
        .extracting(Control::mode)
        .containsExactly(Mode.PAUSE, Mode.RUN, Mode.HALT, Mode.RUN);
    assertThat(replay(words)).hasSize(4).allMatch(Redecided::reproduced);
  }

  @Test
  void anotherWordIsNamed() {
    String id = archived.get(0).cause().get(0).verdictId();
    List<Verdict> altered =
        words.stream()
            .map(word -> word.verdictId().equals(id) ? measured(word, 0.3) : word)
            .toList();

    Redecided first = replay(altered).get(0);
    assertThat(first.reproduced()).isFalse();
    assertThat(first.differences()).anyMatch(one -> one.contains("cause was"));
    assertThat(first.differences()).anyMatch(one -> one.contains("measured=0.3"));
  }

  @Test
  void aWordThatIsMissingIsNamed() {
    String id = archived.get(2).cause().get(0).verdictId();
    List<Verdict> fewer =
        words.stream().filter(one -> one.eventTimeUs() < archived.get(2).eventTimeUs()).toList();

    List<Redecided> decided = replay(fewer);
    assertThat(decided.get(2).differences())
        .contains("verdict " + id + " of breaker: not said now");
    assertThat(decided.get(3).differences().get(0)).contains("nothing is decided now");
    verdicts.remove(id);
    assertThat(replay(words).get(2).differences())
        .containsExactly("verdict " + id + " of breaker: not in the archive");
  }

  @Test
  void aDecisionTheArchiveLacksIsNoReproduction() {
    archived.remove(3);
    assertThat(replay(words).get(3).differences().get(0)).contains("not in the archive");
  }

  @Test
  void anAlteredDecisionIsNamed() {
    Control was = archived.get(1);
    archived.set(
        1,
        new Control(
            was.schema(),
            was.engineId(),
            was.epoch(),
            was.mode(),
            was.rollout(),
            was.decisionId(),
            was.episodeStartUs(),
            was.cause().stream()
                .map(c -> new Cause(c.verdictId(), c.criterionId(), c.measured(), 0.2, c.reason()))
                .toList(),
            was.command(),
            was.latched(),
            was.eventTimeUs(),
            was.issuedAtUs(),
            was.decidedIngestUs(),
            was.source(),
            was.judgeId()));
    assertThat(replay(words).get(1).differences()).singleElement().asString().contains("cause was");
  }

  private List<Redecided> replay(List<Verdict> heard) {
    DecisionReplay replay =
        new DecisionReplay("mm-1", archived, List.of(resume), List.of(), POLICY);
    heard.forEach(replay::heard);
    return replay.end(verdicts);
  }

  private static Verdict measured(Verdict word, double measured) {
    Evidence e = word.evidence();
    return new Verdict(
        word.schema(),
        word.verdictId(),
        word.criterionId(),
        word.criteriaHash(),
        word.engineId(),
        word.scopeKey(),
        word.eventTimeUs(),
        word.source(),
        word.outcome(),
        word.phase(),
        word.sinceUs(),
        word.episodeStartUs(),
        word.severity(),
        word.action(),
        word.mode(),
        new Evidence(
            measured,
            e.limit(),
            e.unit(),
            e.windowMs(),
            e.samples(),
            e.coverageRatio(),
            e.gaps(),
            e.decidedIngestUs(),
            e.inputs(),
            e.reason()),
        word.actionInTrial());
  }
}
