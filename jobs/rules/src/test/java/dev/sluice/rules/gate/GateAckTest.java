// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Source;
import org.junit.jupiter.api.Test;

class GateAckTest {
  private final GateBench gate = new GateBench();

  @Test
  void anEngineThatConfirmsHaltIsHalted() {
    gate.trip("a", 10, Action.HALT, 1);
    assertThat(gate.state.halted()).isFalse();
    gate.ack(AckStatus.RECEIVED).ack(AckStatus.EFFECTIVE).ack(AckStatus.EFFECTIVE);
    assertThat(gate.state.halted()).isTrue();
    gate.elapse(60_000);
    assertThat(gate.verdicts).isEmpty();
    assertThat(gate.controls).hasSize(1);
  }

  @Test
  void anEngineThatDoesNotAnswerIsSilentOnceAndHaltedAtMost() {
    gate.trip("a", 10, Action.PAUSE, 1).elapse(5_000);
    assertThat(gate.state.obedience()).isEqualTo(Obedience.WAITING);
    for (int i = 0; i < 100; i++) {
      gate.elapse(1_000);
    }
    assertThat(gate.state.obedience()).isEqualTo(Obedience.SILENT);
    assertThat(gate.controls).extracting(Control::mode).containsExactly(Mode.PAUSE, Mode.HALT);
    assertThat(gate.own("gate.ack")).hasSize(1);

    gate.ack(AckStatus.RECEIVED).ack(AckStatus.EFFECTIVE);
    assertThat(gate.state.halted()).isTrue();
    assertThat(gate.own("gate.ack")).last().isEqualTo("PASS HALT answers again");
  }

  @Test
  void inASimulationSilenceIsSaidButTheWallClockDoesNotHalt() {
    gate.source = Source.SIMULATED;
    gate.trip("a", 10, Action.REDUCE_ONLY, 1).ack(AckStatus.RECEIVED).ack(AckStatus.EFFECTIVE);
    gate.command("c", CommandAction.PAUSE).elapse(60_000).elapse(60_000);
    assertThat(gate.state.obedience()).isEqualTo(Obedience.SILENT);
    assertThat(gate.state.mode()).isEqualTo(Mode.PAUSE);
    assertThat(gate.own("gate.ack")).containsExactly("BREACH PAUSE not RECEIVED after 60000 ms");
  }

  @Test
  void anEngineThatReceivesButDoesNotObeyIsEscalatedStepByStep() {
    gate.trip("a", 10, Action.PAUSE, 1);
    for (int i = 0; i < 100; i++) {
      gate.ack(AckStatus.RECEIVED).elapse(1_000);
    }
    assertThat(gate.controls)
        .extracting(Control::mode)
        .containsExactly(Mode.PAUSE, Mode.HALT, Mode.FLATTEN);
    assertThat(gate.controls).extracting(Control::epoch).containsExactly(1L, 2L, 3L);
    assertThat(gate.own("gate.ack")).hasSize(3).allMatch(r -> r.contains("not EFFECTIVE"));
    assertThat(gate.state.obedience()).isEqualTo(Obedience.DISOBEYING);

    gate.clear("a", 20);
    assertThat(gate.state.mode()).as("held for a person").isEqualTo(Mode.FLATTEN);
  }

  @Test
  void aReleasedEngineThatIsSilentIsNotEscalated() {
    gate.trip("a", 10, Action.PAUSE, 1).ack(AckStatus.RECEIVED).ack(AckStatus.EFFECTIVE);
    gate.clear("a", 20).elapse(60_000);
    assertThat(gate.state.mode()).isEqualTo(Mode.RUN);
    assertThat(gate.own("gate.ack")).hasSize(1);
  }

  @Test
  void downtimeOfTheGateIsNotHeldAgainstTheEngine() {
    gate.trip("a", 10, Action.PAUSE, 1);
    gate.wallMs += 3_600_000;
    gate.startedMs = gate.wallMs;
    gate.elapse(4_000);
    assertThat(gate.verdicts).isEmpty();
    gate.elapse(2_000);
    assertThat(gate.state.obedience()).isEqualTo(Obedience.SILENT);
  }

  @Test
  void aRejectedRecordIsIssuedAgainAboveTheEnginesEpoch() {
    gate.trip("a", 10, Action.PAUSE, 1);
    String decision = gate.last().decisionId();
    gate.ack(AckStatus.REJECTED, decision, 7).ack(AckStatus.REJECTED, decision, 7);
    assertThat(gate.controls).hasSize(2);
    assertThat(gate.last().epoch()).isEqualTo(8);
    assertThat(gate.last().decisionId()).isEqualTo(decision);
    assertThat(gate.last().mode()).isEqualTo(Mode.PAUSE);
    gate.ack(AckStatus.RECEIVED).ack(AckStatus.EFFECTIVE);
    assertThat(gate.state.obedience()).isEqualTo(Obedience.OBEYING);
  }

  @Test
  void anEngineThatStandsAtHaltIsHeldThereByAGateThatForgot() {
    gate.trip("a", 10, Action.PAUSE, 1);
    String decision = gate.last().decisionId();
    gate.ack(AckStatus.REJECTED, decision, 7, Mode.HALT, 5_000);
    gate.ack(AckStatus.REJECTED, decision, 7, Mode.HALT, 5_000);
    assertThat(gate.controls).hasSize(2);
    assertThat(gate.last().epoch()).isEqualTo(8);
    assertThat(gate.last().mode()).isEqualTo(Mode.HALT);
    assertThat(gate.last().latched()).isTrue();
    assertThat(gate.last().decisionId()).as("another decision").isNotEqualTo(decision);
    assertThat(gate.own("gate.ack"))
        .containsExactly(
            "BREACH engine stands at HALT, epoch 7, unknown to this gate at epoch 1:"
                + " held until RESUME");
    gate.ack(AckStatus.RECEIVED).ack(AckStatus.EFFECTIVE);
    assertThat(gate.state.halted()).isTrue();

    gate.clear("a", 20);
    assertThat(gate.state.mode()).as("held for a person").isEqualTo(Mode.HALT);
    gate.command("r", CommandAction.RESUME);
    assertThat(gate.last().mode()).isEqualTo(Mode.RUN);
    assertThat(gate.last().epoch()).isEqualTo(9);
  }

  @Test
  void anAnswerAboveTheGatesEpochTellsOfAHaltEvenBeforeTheFirstDecision() {
    gate.ack(AckStatus.EFFECTIVE, "x", 7, Mode.PAUSE, 5_000);
    assertThat(gate.controls).as("no person is needed for PAUSE").isEmpty();
    gate.ack(AckStatus.EFFECTIVE, "x", 7, Mode.FLATTEN, 5_000);
    assertThat(gate.last().mode()).isEqualTo(Mode.FLATTEN);
    assertThat(gate.last().epoch()).isEqualTo(8);
    gate.ack(AckStatus.EFFECTIVE, "x", 7, Mode.FLATTEN, 5_000);
    assertThat(gate.controls).hasSize(1);
  }

  @Test
  void aRefusalToLoosenPauseIsBelieved() {
    gate.trip("a", 10, Action.REDUCE_ONLY, 1);
    gate.ack(AckStatus.REJECTED, gate.last().decisionId(), 7, Mode.PAUSE, 5_000).clear("a", 20);
    assertThat(gate.last().mode()).isEqualTo(Mode.PAUSE);
    assertThat(gate.last().epoch()).isEqualTo(8);
  }

  @Test
  void whatALaterResumeEndedIsNotHeldAgain() {
    gate.command("r", CommandAction.RESUME, "ann", "checked", null, null, 6_000);
    gate.ack(AckStatus.EFFECTIVE, "x", 7, Mode.HALT, 5_000);
    assertThat(gate.controls).hasSize(1);
    gate.ack(AckStatus.REJECTED, gate.last().decisionId(), 7, Mode.HALT, 5_000);
    assertThat(gate.last().mode()).isEqualTo(Mode.RUN);
    assertThat(gate.last().epoch()).isEqualTo(8);
  }

  @Test
  void aResumeFromBeforeTheHaltDoesNotEndIt() {
    gate.command("r", CommandAction.RESUME, "ann", "checked", null, null, 4_000);
    gate.ack(AckStatus.REJECTED, gate.last().decisionId(), 7, Mode.HALT, 5_000);
    assertThat(gate.last().mode()).isEqualTo(Mode.HALT);
    assertThat(gate.last().epoch()).isEqualTo(8);
  }

  @Test
  void aResumeStampedInTheFutureEndsNothingThatComesLater() {
    gate.command("r", CommandAction.RESUME, "ann", "checked", null, null, Long.MAX_VALUE);
    long laterUs = gate.wallMs * 1_000 + 1;
    gate.ack(AckStatus.REJECTED, gate.last().decisionId(), 7, Mode.HALT, laterUs);
    assertThat(gate.last().mode()).isEqualTo(Mode.HALT);
  }

  @Test
  void answersToOtherDecisionsChangeNothing() {
    gate.ack(AckStatus.EFFECTIVE, "x", 3).trip("a", 10, Action.PAUSE, 1);
    GateState before = gate.state;
    gate.ack(AckStatus.EFFECTIVE, "x", 3).ack(AckStatus.REJECTED, "x", 9);
    assertThat(gate.state).isEqualTo(before);
  }

  @Test
  void aLeaseIsGivenWithProgressAndEachSecondWhileHealthy() {
    gate.elapse(1_000);
    assertThat(gate.leases).as("nothing judged yet").isEmpty();
    gate.progress(10).elapse(1_000).elapse(1_000);
    assertThat(gate.leases).hasSize(3);
    assertThat(gate.leases).allMatch(l -> l.watermarkUs() == 10_000_000 && l.ttlMs() == 10_000);
    gate.progress(10);
    assertThat(gate.leases).as("a repeated marker is no progress").hasSize(3);
    gate.command("c", CommandAction.HALT).progress(20);
    assertThat(gate.leases.get(3).controlEpoch()).isEqualTo(1);
  }

  @Test
  void withoutProgressThereIsNoLeaseAndOneVerdictSaysWhy() {
    gate.progress(10);
    for (int i = 0; i < 20; i++) {
      gate.elapse(1_000);
    }
    assertThat(gate.leases).hasSize(1 + 5);
    assertThat(gate.own("gate.lease"))
        .containsExactly("BREACH no lease: nothing judged by criteria for 6000 ms, budget 5000 ms");
    gate.progress(20);
    assertThat(gate.leases).hasSize(7);
    assertThat(gate.own("gate.lease")).last().isEqualTo("PASS lease given again");
  }

  @Test
  void anOldCheckpointWithholdsTheLease() {
    gate.checkpointUs = 0;
    gate.progress(10);
    assertThat(gate.leases).hasSize(1);
    gate.wallMs = 70_000;
    gate.progress(20);
    assertThat(gate.leases).hasSize(1);
    assertThat(gate.own("gate.lease")).last().asString().contains("no checkpoint completed");
    gate.checkpointUs = 69_000_000;
    gate.progress(30);
    assertThat(gate.leases).hasSize(2);
  }
}
