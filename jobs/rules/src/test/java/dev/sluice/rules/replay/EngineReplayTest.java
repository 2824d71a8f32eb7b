// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.rules.cases.EngineTape;
import dev.sluice.rules.gate.GatePolicy;
import dev.sluice.rules.judge.JudgeRun;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.WhatIf;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** History judged again says what the judge said, and how near it was. */
class EngineReplayTest {
  private static final String MISS =
      """
      - {id: miss, metric: deadline_miss_ratio, over: 1m, breach: "> 0.1", recover: "< 0.05",
         hold: 2m, recover_hold: 1m, min_samples: 60, on_missing: {after: 3m, action: ALERT},
         action: PAUSE}
      - {id: breaker, metric: breaker_open_s, instant: true, breach: "> 300", latch: true,
         on_missing: {after: 5m, action: ALERT}, action: HALT}
      """;

  private static final long MINUTE = 6;

  /** Four minutes of misses from the tenth on; a breaker open for ten minutes from the 40th on. */
  private static EngineTape bad() {
    return new EngineTape()
        .with("deadline_misses", 10 * MINUTE, 14 * MINUTE, 5)
        .with("breaker", 40 * MINUTE, 50 * MINUTE, "OPEN")
        .with("breaker_since_us", 40 * MINUTE, 50 * MINUTE, EngineTape.startUs(40 * MINUTE));
  }

  @Test
  void tripsAndDecidesAsTheJudgeAndTheGateDo() {
    EngineHistory history = play(specs(), bad(), 60 * MINUTE);
    JudgeRun live = new JudgeRun(specs()).play(bad(), 0, 60 * MINUTE);

    assertThat(history.episodes())
        .extracting(Episode::criterionId, e -> seconds(e.trippedUs()), Episode::action)
        .containsExactly(
            tuple("miss", live.firstSeconds("miss", Phase.TRIPPED), Action.PAUSE),
            tuple("breaker", live.firstSeconds("breaker", Phase.LATCHED), Action.HALT));
    assertThat(history.episodes().get(0).endUs()).isNotNull();
    assertThat(history.episodes().get(0).worst()).isEqualTo(0.25);
    assertThat(history.episodes().get(1).endUs()).as("latched").isNull();
    assertThat(history.decisions())
        .extracting(Decided::mode, Decided::because)
        .containsExactly(
            tuple(Mode.PAUSE, "miss"), tuple(Mode.RUN, "miss"), tuple(Mode.HALT, "breaker"));
    assertThat(history.buckets()).isEqualTo(60 * MINUTE);
  }

  @Test
  void saysHowNearACriterionCame() {
    EngineTape tape = new EngineTape().with("deadline_misses", 10 * MINUTE, 11 * MINUTE, 5);
    CriterionHistory miss = play(specs(), tape, 30 * MINUTE).criteria().get(0);

    assertThat(miss.trips()).isZero();
    assertThat(miss.worst()).isEqualTo(0.25);
    assertThat(miss.distance()).isEqualTo(-1.5, within(1e-9));
    assertThat(miss.longestHoldMs()).as("of 2m").isBetween(40_000L, 110_000L);
    CriterionHistory quiet = play(specs(), new EngineTape(), 30 * MINUTE).criteria().get(0);
    assertThat(quiet.distance()).isEqualTo(1.0);
    assertThat(quiet.noData()).as("until 60 ticks are there").isEqualTo(2);
  }

  @Test
  void aPersonsWordEndsWhatStands() {
    EngineReplay replay = new EngineReplay("mm-1", specs(), 10_000, policy());
    feed(replay, bad(), 0, 52 * MINUTE);
    replay.command(
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
            null));
    feed(replay, bad(), 52 * MINUTE, 60 * MINUTE);

    EngineHistory history = replay.end();
    assertThat(history.decisions().get(3).mode()).isEqualTo(Mode.RUN);
    assertThat(history.decisions().get(3).byPerson()).isTrue();
    assertThat(history.episodes().get(1).endUs()).isNotNull();
  }

  @Test
  void twoVersionsAreCompared() {
    List<Episode> before = play(specs(), bad(), 60 * MINUTE).episodes();
    List<Episode> sooner = play(specs("miss.hold=1m"), bad(), 60 * MINUTE).episodes();
    ReplayDiff diff = ReplayDiff.of(before, sooner);

    assertThat(diff.same()).isEqualTo(1);
    assertThat(diff.moved()).extracting(ReplayDiff.Moved::laterMs).containsExactly(-60_000L);
    assertThat(ReplayDiff.of(before, before).empty()).isTrue();
    ReplayDiff deaf =
        ReplayDiff.of(before, play(specs("miss.breach=> 0.5"), bad(), 60 * MINUTE).episodes());
    assertThat(deaf.onlyOld()).extracting(Episode::criterionId).containsExactly("miss");
    assertThat(deaf.onlyNew()).isEmpty();
  }

  @Test
  void aWhatIfThatChangesNothingOrIsWrongIsRefused() {
    assertThatThrownBy(() -> specs("mis.hold=1m")).hasMessageContaining("did you mean 'miss'?");
    assertThatThrownBy(() -> specs("miss.hodl=1m")).hasMessageContaining("did you mean 'hold'?");
    assertThatThrownBy(() -> specs("miss.hold=soon")).hasMessageContaining("what-if:1");
    assertThatThrownBy(() -> specs("miss")).isInstanceOf(CriteriaException.class);
    assertThat(specs("miss.on_missing.after=9m").get(0).missingAfterMs()).isEqualTo(540_000);
  }

  @Test
  void incidentsAreDetectedOrMissedAndStopsOutsideThemAreFalse() {
    EngineHistory history = play(specs(), bad(), 60 * MINUTE);
    Incident storm = incident("storm", 10, 16);
    Incident unseen = incident("unseen", 20, 30);
    Score score = Score.of(List.of(history), List.of(storm, unseen));

    assertThat(score.detections().get(0).criterionId()).isEqualTo("miss");
    assertThat(score.detections().get(0).timeToDetectMs()).isBetween(120_000L, 180_000L);
    assertThat(score.detections().get(1).timeToDetectMs()).isNull();
    assertThat(score.falseStops()).extracting(Decided::because).containsExactly("breaker");
    assertThat(score.falseStopsPerDay()).isEqualTo(24, within(0.1));
  }

  private static Incident incident(String name, long fromMinute, long untilMinute) {
    return new Incident(
        name,
        "mm-1",
        EngineTape.startUs(fromMinute * MINUTE),
        EngineTape.startUs(untilMinute * MINUTE));
  }

  private static long seconds(long us) {
    return (us - EngineTape.START_US) / 1_000_000;
  }

  private static EngineHistory play(List<CriterionSpec> specs, EngineTape tape, long buckets) {
    EngineReplay replay = new EngineReplay("mm-1", specs, 10_000, policy());
    feed(replay, tape, 0, buckets);
    return replay.end();
  }

  private static void feed(EngineReplay replay, EngineTape tape, long from, long until) {
    for (long index = from; index < until; index++) {
      replay.health(tape.health(index), 0);
      replay.bucket(tape.bucket(index));
    }
  }

  private static GatePolicy policy() {
    return GatePolicy.ofHistory(List.of());
  }

  private static List<CriterionSpec> specs(String... whatIf) {
    return CriteriaYaml.parseAll(Map.of("t.yaml", MISS), WhatIf.parse(List.of(whatIf)));
  }
}
