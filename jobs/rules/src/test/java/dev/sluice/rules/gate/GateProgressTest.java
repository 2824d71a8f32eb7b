// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.CommandAction;
import org.junit.jupiter.api.Test;

class GateProgressTest {
  private final GateBench gate = new GateBench(GateBench.waitingFor("criteria", "risk"));

  @Test
  void theMinimumOfTheJudgesDecides() {
    gate.progress("criteria", 10).elapse(1_000);
    assertThat(gate.leases).as("risk has not spoken").isEmpty();
    gate.progress("risk", 7);
    assertThat(gate.leases).last().satisfies(l -> assertThat(l.watermarkUs()).isEqualTo(7_000_000));
    gate.progress("criteria", 20).elapse(1_000);
    assertThat(gate.leases).last().satisfies(l -> assertThat(l.watermarkUs()).isEqualTo(7_000_000));
    gate.progress("risk", 17);
    assertThat(gate.state.watermarkUs()).isEqualTo(17_000_000);
    gate.progress("risk", 27);
    assertThat(gate.state.watermarkUs()).isEqualTo(20_000_000);
  }

  @Test
  void aLeaseIsSentTheMomentTheMinimumAdvancesAndNotBefore() {
    gate.progress("risk", 10);
    assertThat(gate.leases).isEmpty();
    gate.progress("criteria", 10);
    assertThat(gate.leases).hasSize(1);
    gate.progress("risk", 20);
    assertThat(gate.leases).hasSize(1);
    gate.progress("criteria", 20);
    assertThat(gate.leases).hasSize(2);
  }

  @Test
  void aJudgeThatStopsWithholdsTheLeaseAndIsNamed() {
    gate.progress("risk", 10);
    for (int s = 10; s < 30; s++) {
      gate.progress("criteria", s).elapse(1_000);
    }
    assertThat(gate.own("gate.lease"))
        .containsExactly("BREACH no lease: nothing judged by risk for 6000 ms, budget 5000 ms");
    assertThat(gate.leases).hasSize(1 + 5);
    gate.progress("risk", 40);
    assertThat(gate.leases).hasSize(7);
    assertThat(gate.own("gate.lease")).last().isEqualTo("PASS lease given again");
  }

  @Test
  void aJudgeThatNeverSpokeIsNamedOnceTheBudgetHasPassed() {
    for (int s = 10; s < 20; s++) {
      gate.progress("criteria", s).elapse(1_000);
    }
    assertThat(gate.leases).isEmpty();
    assertThat(gate.own("gate.lease"))
        .containsExactly("BREACH no lease: nothing judged by risk for 6000 ms, budget 5000 ms");
  }

  @Test
  void allJudgesAreNamedWhenNobodyJudges() {
    gate.progress("criteria", 10).progress("risk", 10);
    for (int i = 0; i < 20; i++) {
      gate.elapse(1_000);
    }
    assertThat(gate.own("gate.lease"))
        .containsExactly(
            "BREACH no lease: nothing judged by criteria, risk for 6000 ms, budget 5000 ms");
  }

  @Test
  void aReplayedMarkerChangesNothing() {
    gate.progress("criteria", 10).progress("risk", 10).progress("criteria", 20);
    GateState before = gate.state;
    int leases = gate.leases.size();
    gate.wallMs += 3_000;
    gate.progress("criteria", 10).progress("risk", 10).progress("criteria", 20).progress("risk", 9);
    assertThat(gate.state).isEqualTo(before);
    assertThat(gate.leases).hasSize(leases);
  }

  @Test
  void theWordOfAnUnknownJudgeChangesNothing() {
    gate.progress("criteria", 10);
    GateState before = gate.state;
    gate.progress("weather", 99).progress("integrity", 5);
    assertThat(gate.state).isEqualTo(before);
  }

  @Test
  void anOverrideExpiresWhenEveryJudgeHasPassedItsTime() {
    gate.progress("criteria", 5).progress("risk", 5);
    gate.command("o", CommandAction.OVERRIDE, "tester", "because", "x", 20L);
    gate.progress("criteria", 30);
    assertThat(gate.state.overrides()).hasSize(1);
    gate.progress("risk", 20);
    assertThat(gate.state.overrides()).isEmpty();
  }

  @Test
  void stateFromBeforeThereWereSeveralJudgesGoesOn() {
    GateState s = GateState.initial(GateBench.ENGINE);
    gate.state =
        new GateState(
            s.engineId(),
            s.control(),
            s.heldMode(),
            s.rollout(),
            s.tracks(),
            s.overrides(),
            s.pending(),
            s.obedience(),
            10_000_000,
            1_000_000,
            true,
            s.source(),
            s.resumedAtUs(),
            s.commandIds(),
            null,
            0,
            null,
            null,
            null,
            null,
            null);
    gate.elapse(1_000);
    assertThat(gate.leases).hasSize(1);
    gate.progress("criteria", 20).progress("risk", 9);
    assertThat(gate.state.watermarkUs()).as("never back").isEqualTo(10_000_000);
    gate.progress("risk", 15);
    assertThat(gate.state.watermarkUs()).isEqualTo(15_000_000);
  }
}
