// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.ExpectedRollout;
import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Person;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Changes of a trial's stage against those expected: each deviation must be told. */
class RolloutReckoningTest {
  private static final long START_US = 1_767_571_200_000_000L;
  private static final long MINUTE_US = 60_000_000L;
  private static final String TRIAL = "wider";
  private static final RolloutState TEN = RolloutState.running(TRIAL, 0.1);
  private static final RolloutState HALF = RolloutState.running(TRIAL, 0.5);
  private static final RolloutState BACK = RolloutState.rolledBack(TRIAL);

  private final List<Observations.Told> told = new ArrayList<>();
  private final Map<String, Observations.Obeyed> obeyed = new HashMap<>();

  @Test
  void acceptsTheStagesAtTheirDueTimesAsTheEngineTookThemUp() {
    decided(TEN, 10, TEN, "c-1");
    decided(HALF, 131, HALF, null);
    RolloutReckoning.Result result = reckon(expected("10", 10), expected("50", 131));
    assertThat(result.ok()).isTrue();
    assertThat(result.rows()).extracting(RolloutResult::to).containsExactly("10", "50");
    assertThat(result.rows().get(1).inForceUs()).isEqualTo(START_US + 132 * MINUTE_US);
    assertThat(result.rows().get(1).latencyMs()).isEqualTo(3.5);
    assertThat(result.changes()).hasSize(2);
  }

  @Test
  void failsWhenAStageComesLateOrNever() {
    decided(TEN, 10, TEN, "c-1");
    decided(HALF, 140, HALF, null);
    assertThat(reckon(expected("10", 10), expected("50", 131), expected("100", 200)).rows())
        .extracting(RolloutResult::problem)
        .containsExactly(null, "540 s of event time late", "never decided");
  }

  @Test
  void aCommandMayTravelForAMinuteOfEventTime() {
    decided(TEN, 11, TEN, "c-1");
    assertThat(reckon(expected("10", 10)).ok()).isTrue();
    told.clear();
    decided(TEN, 12, TEN, "c-1");
    assertThat(reckon(expected("10", 10)).rows().get(0).problem())
        .isEqualTo("120 s of event time late");
    assertThat(reckon(expected("10", 13)).rows().get(0).problem())
        .isEqualTo("60 s of event time early");
  }

  @Test
  void failsWhenAChangeComesThatNobodyExpects() {
    decided(TEN, 10, TEN, "c-1");
    decided(BACK, 50, BACK, null);
    RolloutReckoning.Result result = reckon(expected("10", 10));
    assertThat(result.rows()).allMatch(RolloutResult::ok);
    assertThat(result.unexpected()).singleElement().asString().contains("rolled-back", "because");
    assertThat(result.ok()).isFalse();
  }

  @Test
  void failsWhenAStrangerStartsIt() {
    decided(TEN, 10, TEN, "c-9");
    RolloutReckoning.Result result = reckon(expected("10", 10));
    assertThat(result.unexpected()).singleElement().asString().contains("ana");
    assertThat(result.rows().get(0).problem()).isEqualTo("never decided");
  }

  @Test
  void failsWhenTheEngineHasTakenUpSomethingElse() {
    decided(TEN, 10, RolloutState.NONE, "c-1");
    assertThat(reckon(expected("10", 10)).rows().get(0).problem())
        .isEqualTo("the engine has taken up none: trial wider is not configured");
    obeyed.clear();
    assertThat(reckon(expected("10", 10)).rows().get(0).problem())
        .isEqualTo("decided, but never EFFECTIVE");
  }

  @Test
  void aDueTimeMayCountFromAFault() {
    decided(TEN, 10, TEN, "c-1");
    decided(BACK, 190, BACK, null);
    assertThat(
            reckon(expected("10", 10), new ExpectedRollout("rolled-back", 600_000, "worse")).ok())
        .isTrue();
  }

  private RolloutReckoning.Result reckon(ExpectedRollout... expected) {
    Scenario scenario =
        new Scenario(
            "test",
            null,
            START_US,
            6 * 3_600_000L,
            1,
            "mm-1",
            1,
            List.of("SIMUSDT"),
            List.of(
                new Scenario.Fault(
                    "worse", FaultKind.ARM_B_SLIPPAGE, 180 * 60_000L, 60_000, null, List.of())),
            List.of(),
            TRIAL,
            List.of(),
            List.of(),
            false,
            List.of(),
            List.of(expected),
            List.of(),
            List.of());
    return RolloutReckoning.of(scenario, START_US, told, obeyed, Set.of("c-1"));
  }

  private static ExpectedRollout expected(String to, long minute) {
    return new ExpectedRollout(to, minute * 60_000, null);
  }

  private void decided(RolloutState rollout, long minute, RolloutState taken, String commandId) {
    long epoch = told.size() + 1L;
    long atUs = START_US + minute * MINUTE_US;
    String id = "d" + epoch;
    Control control =
        new Control(
            Control.SCHEMA,
            "mm-1",
            epoch,
            Mode.RUN,
            rollout,
            id,
            atUs,
            commandId == null
                ? List.of(new Cause("v", "trial-acceptance", 0.4, 0.2, "because"))
                : List.of(),
            commandId == null ? null : new Person(commandId, "ana", "a test"),
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
            Mode.RUN,
            AckStatus.EFFECTIVE,
            0,
            List.of(),
            1,
            2L,
            atUs,
            taken.equals(rollout) ? null : "trial wider is not configured",
            taken,
            atUs + MINUTE_US,
            Map.of());
    obeyed.put(id, new Observations.Obeyed(ack, 5_004));
  }
}
