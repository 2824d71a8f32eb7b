// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Person;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A demo that cannot fail proves nothing: what each deviation must lead to. */
class ReckoningTest {
  private static final long START_US = 1_767_571_200_000_000L;
  private static final long MINUTE_US = 60_000_000L;
  private static final long STORM_MS = 3_600_000L;
  private static final long DUE_US = START_US + STORM_MS * 1000 + 10 * MINUTE_US + 10_000_000L;

  private final List<Observations.Told> told = new ArrayList<>();
  private final Map<String, Observations.Obeyed> obeyed = new HashMap<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private final Set<String> commandIds = Set.of("c-1");

  @Test
  void acceptsADecisionAtItsDueTimeAndTheRecoveryAfterIt() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US);
    cleared("deadline-miss", DUE_US + 20 * MINUTE_US);
    decided(Mode.RUN, "deadline-miss", DUE_US + 20 * MINUTE_US);
    Reckoning.Result result = reckon(storm("10m10s"), Map.of());
    assertThat(result.ok()).isTrue();
    assertThat(result.faults())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.decidedUs()).isEqualTo(DUE_US);
              assertThat(row.latencyMs()).isEqualTo(3.5);
              assertThat(row.evidence()).contains("deadline-miss: because");
            });
  }

  @Test
  void acceptsOneBucketOfDeviationAndNotMore() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US + 10_000_000L);
    assertThat(reckon(storm("10m10s"), Map.of()).ok()).isTrue();
    told.clear();
    decided(Mode.PAUSE, "deadline-miss", DUE_US + 10_000_001L);
    assertThat(reckon(storm("10m10s"), Map.of()).faults())
        .singleElement()
        .extracting(FaultResult::problem)
        .isEqualTo("10 s of event time late");
  }

  @Test
  void failsWhenTheScenarioExpectsAnotherTime() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US);
    assertThat(reckon(storm("5m"), Map.of()).faults())
        .singleElement()
        .extracting(FaultResult::problem)
        .isEqualTo("310 s of event time late");
  }

  @Test
  void failsWhenAnExpectedDecisionNeverComes() {
    assertThat(reckon(storm("10m10s"), Map.of()).faults())
        .singleElement()
        .extracting(FaultResult::problem)
        .isEqualTo("never decided");
  }

  @Test
  void failsWhenSomethingIsDecidedThatNobodyExpected() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US);
    decided(Mode.HALT, "liveness", DUE_US + MINUTE_US);
    Reckoning.Result result = reckon(storm("10m10s"), Map.of());
    assertThat(result.ok()).isFalse();
    assertThat(result.unexpected()).singleElement().asString().contains("HALT", "liveness");
  }

  @Test
  void failsWhenAFaultThatMustStaySilentLeadsToADecision() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US);
    Reckoning.Result result = reckon(storm(), Map.of());
    assertThat(result.faults()).singleElement().matches(FaultResult::ok);
    assertThat(result.unexpected()).hasSize(1);
  }

  @Test
  void failsWhenTheEngineNeverSaysEffective() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US);
    obeyed.clear();
    assertThat(reckon(storm("10m10s"), Map.of()).faults())
        .singleElement()
        .extracting(FaultResult::problem)
        .isEqualTo("decided, but never EFFECTIVE");
  }

  @Test
  void countsAsEffectiveWhatAStricterDecisionOvertookWhileTheEngineWasSilent() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US);
    decided(Mode.HALT, "deadline-miss", DUE_US + 5 * MINUTE_US);
    obeyed.remove("d1");
    Reckoning.Result result = reckon(storm("10m10s", "15m10s"), Map.of());
    assertThat(result.ok()).isTrue();
    assertThat(result.faults().get(0).evidence()).endsWith("; overtaken by HALT");
  }

  @Test
  void doesNotCountWhatWasRelaxedBeforeTheEngineObeyed() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US);
    cleared("deadline-miss", DUE_US + 5 * MINUTE_US);
    decided(Mode.RUN, "deadline-miss", DUE_US + 5 * MINUTE_US);
    obeyed.remove("d1");
    assertThat(reckon(storm("10m10s"), Map.of()).faults())
        .singleElement()
        .extracting(FaultResult::problem)
        .isEqualTo("decided, but never EFFECTIVE");
  }

  @Test
  void failsWhenTheRawEventsSayAnotherTimeThanScenarioAndJudge() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US);
    Map<String, Long> oracle = Map.of("storm/deadline-miss/PAUSE", DUE_US + MINUTE_US);
    assertThat(reckon(storm("10m10s"), oracle).faults())
        .singleElement()
        .extracting(FaultResult::problem)
        .asString()
        .startsWith("by the raw events it was due at");
  }

  @Test
  void takesTheDueTimeFromTheRawEventsWhereTheScenarioSaysSo() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US);
    assertThat(reckon(storm("from_events"), Map.of("storm/deadline-miss/PAUSE", DUE_US)).ok())
        .isTrue();
    assertThat(reckon(storm("from_events"), Map.of()).faults())
        .singleElement()
        .extracting(FaultResult::problem)
        .isEqualTo("decided, but by the raw events it never became due");
  }

  @Test
  void acceptsCommandsOfTheScenarioAndNoOthers() {
    commanded(Mode.RUN, "c-1");
    assertThat(reckon(storm(), Map.of()).ok()).isTrue();
    commanded(Mode.HALT, "c-2");
    assertThat(reckon(storm(), Map.of()).unexpected())
        .singleElement()
        .asString()
        .contains("a stranger");
  }

  @Test
  void countsAnEscalationAsADecisionOfItsOwn() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US);
    decided(Mode.HALT, "deadline-miss", DUE_US + 5 * MINUTE_US);
    assertThat(reckon(storm("10m10s"), Map.of()).unexpected()).hasSize(1);
    assertThat(reckon(storm("10m10s", "15m10s"), Map.of()).ok()).isTrue();
  }

  @Test
  void failsWhenTheEngineMayGoOnBeforeTheCriterionHasCleared() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US);
    decided(Mode.RUN, "deadline-miss", DUE_US + 5 * MINUTE_US);
    cleared("deadline-miss", DUE_US + 20 * MINUTE_US);
    assertThat(reckon(storm("10m10s"), Map.of()).unexpected())
        .singleElement()
        .asString()
        .contains("RUN at", "but deadline-miss was TRIPPED");
  }

  @Test
  void failsWhenTheEngineMayGoOnWhileAnotherCriterionStands() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US);
    says("cache-hit", Phase.TRIPPED, Action.PAUSE, DUE_US + MINUTE_US);
    cleared("deadline-miss", DUE_US + 20 * MINUTE_US);
    decided(Mode.RUN, "deadline-miss", DUE_US + 20 * MINUTE_US);
    assertThat(reckon(storm("10m10s"), Map.of()).unexpected())
        .singleElement()
        .asString()
        .contains("but cache-hit was TRIPPED");
  }

  @Test
  void aWordOfTheSameMomentMayComeAfterTheRecovery() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US);
    cleared("deadline-miss", DUE_US + 20 * MINUTE_US);
    decided(Mode.RUN, "deadline-miss", DUE_US + 20 * MINUTE_US);
    says("cache-hit", Phase.TRIPPED, Action.PAUSE, DUE_US + 20 * MINUTE_US);
    assertThat(reckon(storm("10m10s"), Map.of()).ok()).isTrue();
  }

  @Test
  void failsWhenARecoveryHasNoCauseOrOneThatNobodyPublished() {
    decided(Mode.PAUSE, "deadline-miss", DUE_US);
    add(Mode.RUN, List.of(), null, DUE_US + MINUTE_US);
    assertThat(reckon(storm("10m10s"), Map.of()).unexpected())
        .singleElement()
        .asString()
        .endsWith("but relaxed without a cause");
    told.remove(1);
    Cause unheard = new Cause("v-unheard", "deadline-miss", 0.1, 0.05, "because");
    add(Mode.RUN, List.of(unheard), null, DUE_US + MINUTE_US);
    assertThat(reckon(storm("10m10s"), Map.of()).unexpected())
        .singleElement()
        .asString()
        .endsWith("but no verdict of deadline-miss allows it");
  }

  @Test
  void aChangeOfATrialsStageIsNoChangeOfMode() {
    stage(RolloutState.running("wider", 0.1), new Person("c-1", "ana", "a test"));
    stage(RolloutState.running("wider", 0.5), null);
    stage(RolloutState.rolledBack("wider"), null);
    assertThat(reckon(storm(), Map.of()).ok()).isTrue();
  }

  @Test
  void aModeThatChangesWithTheStageIsADecisionLikeAnyOther() {
    stage(RolloutState.running("wider", 0.1), new Person("c-1", "ana", "a test"));
    Cause cause = new Cause("v", "trial-slippage", 2.0, 0.0, "because");
    add(Mode.HALT, RolloutState.rolledBack("wider"), List.of(cause), null, DUE_US);
    assertThat(reckon(storm(), Map.of()).unexpected()).singleElement().asString().contains("HALT");
  }

  private void stage(RolloutState rollout, Person person) {
    add(Mode.RUN, rollout, List.of(), person, DUE_US);
  }

  private Reckoning.Result reckon(Scenario scenario, Map<String, Long> oracle) {
    return Reckoning.of(
        scenario,
        START_US,
        Expected.of(scenario, START_US, oracle),
        told,
        obeyed,
        verdicts,
        commandIds,
        at -> null);
  }

  private void decided(Mode mode, String criterion, long atUs) {
    if (mode != Mode.RUN) {
      says(criterion, Phase.TRIPPED, Action.valueOf(mode.name()), atUs);
    }
    String word = verdicts.get(verdicts.size() - 1).verdictId();
    Cause cause = new Cause(word, criterion, 0.1, 0.05, "because");
    add(mode, List.of(cause), null, atUs);
  }

  private void cleared(String criterion, long atUs) {
    says(criterion, Phase.CLEAR, null, atUs);
  }

  private void says(String criterion, Phase phase, Action action, long atUs) {
    verdicts.add(Verdicts.of(criterion, phase, action, atUs, "because"));
  }

  private void commanded(Mode mode, String commandId) {
    add(mode, List.of(), new Person(commandId, "a stranger", "for no reason"), DUE_US);
  }

  private void add(Mode mode, List<Cause> causes, Person person, long atUs) {
    add(mode, RolloutState.NONE, causes, person, atUs);
  }

  private void add(Mode mode, RolloutState rollout, List<Cause> causes, Person person, long atUs) {
    long epoch = told.size() + 1L;
    String id = "d" + epoch;
    Control control =
        new Control(
            Control.SCHEMA,
            "mm-1",
            epoch,
            mode,
            rollout,
            id,
            atUs,
            causes,
            person,
            false,
            atUs,
            5_000_000L,
            5_000_500L,
            Source.SIMULATED,
            "judge-1");
    told.add(new Observations.Told(control, 5_001));
    Ack ack =
        new Ack(
            Ack.SCHEMA,
            "mm-1",
            "r",
            epoch,
            atUs,
            Source.SIMULATED,
            id,
            epoch,
            mode,
            AckStatus.EFFECTIVE,
            0,
            List.of(),
            1,
            2L,
            atUs,
            null);
    obeyed.put(id, new Observations.Obeyed(ack, 5_004));
  }

  /** A storm after an hour; PAUSE due at the first offset, HALT at the second. */
  private static Scenario storm(String... due) {
    List<Scenario.Expectation> expect = new ArrayList<>();
    if (due != null && due.length > 0 && due[0] != null) {
      expect.add(new Scenario.Expectation("deadline-miss", Action.PAUSE, due[0]));
    }
    if (due != null && due.length > 1) {
      expect.add(new Scenario.Expectation("deadline-miss", Action.HALT, due[1]));
    }
    return new Scenario(
        "test",
        null,
        START_US,
        4 * STORM_MS,
        1,
        "mm-1",
        2,
        List.of("SIMUSDT"),
        List.of(
            new Scenario.Fault(
                "storm", FaultKind.DEADLINE_STORM, STORM_MS, 750_000, Map.of(), expect)),
        List.of(new Scenario.ScenarioCommand(2 * STORM_MS, CommandAction.RESUME, "ana", "mended")));
  }
}
