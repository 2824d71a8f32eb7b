// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.VerdictOutcome;
import org.junit.jupiter.api.Test;

/** A gate restored from before its newest decisions, with an engine that has obeyed them. */
class GateSettleTest {
  private static final long SETTLE_MS = 10_000;

  private final GateBench gate = new GateBench(GateBench.settlingFor(SETTLE_MS));

  /** The life before: what the engine was told and the gate has forgotten. */
  private final GateBench before = new GateBench(GateBench.settlingFor(SETTLE_MS));

  @Test
  void anObeyedHaltIsDecidedAgainByTheSameNameAndNoOtherBesideIt() {
    before.trip("a", 10, Action.HALT, 1);
    Control halt = before.last();
    gate.ack(AckStatus.RECEIVED, halt.decisionId(), 1, Mode.HALT, 5_000);
    gate.ack(AckStatus.EFFECTIVE, halt.decisionId(), 1, Mode.HALT, 5_000);
    assertThat(gate.controls).as("nothing is made of an answer that came again").isEmpty();

    gate.trip("a", 10, Action.HALT, 1);
    assertThat(gate.last().decisionId()).isEqualTo(halt.decisionId());
    assertThat(gate.last().epoch()).isEqualTo(halt.epoch());
    gate.ack(AckStatus.RECEIVED).ack(AckStatus.EFFECTIVE).elapse(SETTLE_MS).elapse(60_000);
    assertThat(gate.controls).hasSize(1);
    assertThat(gate.verdicts).isEmpty();
    assertThat(gate.state.halted()).isTrue();
  }

  @Test
  void aHaltAndItsResumeAreDecidedAgainUnderTheirOwnEpochs() {
    haltedAndOver(before).command("r", CommandAction.RESUME);
    String resumed = before.last().decisionId();

    haltedAndOver(gate);
    gate.ack(AckStatus.REJECTED, gate.last().decisionId(), 2, Mode.RUN, 5_000);
    gate.elapse(6_000);
    assertThat(gate.controls).as("the refusal is doubted, and it is no silence").hasSize(1);
    assertThat(gate.own("gate.ack")).isEmpty();

    gate.command("r", CommandAction.RESUME);
    assertThat(gate.last().decisionId()).isEqualTo(resumed);
    assertThat(gate.last().epoch()).isEqualTo(2);
    gate.ack(AckStatus.RECEIVED).ack(AckStatus.EFFECTIVE).elapse(60_000);
    assertThat(gate.controls).extracting(Control::mode).containsExactly(Mode.HALT, Mode.RUN);
  }

  private static GateBench haltedAndOver(GateBench gate) {
    return gate.trip("a", 10, Action.HALT, 1)
        .word("a", 15, Phase.LATCHED, VerdictOutcome.PASS, Action.HALT, 1);
  }

  @Test
  void whatIsNotDecidedAgainIsBelievedInTheEnd() {
    gate.ack(AckStatus.EFFECTIVE, "x", 7, Mode.HALT, 5_000);
    gate.ack(AckStatus.EFFECTIVE, "older", 6, Mode.FLATTEN, 4_000);
    gate.elapse(8_000);
    assertThat(gate.controls).isEmpty();
    gate.elapse(1_000);
    assertThat(gate.last().mode()).as("of the newest answer").isEqualTo(Mode.HALT);
    assertThat(gate.last().epoch()).isEqualTo(8);
    assertThat(gate.own("gate.ack")).hasSize(1).allMatch(r -> r.contains("engine stands at HALT"));
    assertThat(gate.state.doubted()).isNull();
  }

  @Test
  void aRefusalThatStandsIsAnsweredAboveTheEnginesEpochInTheEnd() {
    gate.trip("a", 10, Action.PAUSE, 1);
    String decision = gate.last().decisionId();
    gate.ack(AckStatus.REJECTED, decision, 7, Mode.RUN, 5_000).elapse(SETTLE_MS);
    assertThat(gate.last().epoch()).isEqualTo(8);
    assertThat(gate.last().decisionId()).isEqualTo(decision);
    assertThat(gate.controls).hasSize(2);
  }

  @Test
  void aGateThatHasRunForLongerDoubtsNobody() {
    gate.wallMs += SETTLE_MS;
    gate.ack(AckStatus.EFFECTIVE, "x", 7, Mode.HALT, 5_000);
    assertThat(gate.last().mode()).isEqualTo(Mode.HALT);
  }

  @Test
  void aLongBacklogIsJudgedUpToTheAnswerFirst() {
    gate.elapse(SETTLE_MS - 1_500).progress(10);
    gate.ack(AckStatus.EFFECTIVE, "x", 1, Mode.HALT, 5_000, 300);
    for (long second = 20; second <= 290; second += 10) {
      gate.elapse(1_000).progress(second);
    }
    assertThat(gate.controls).as("what led to it may still be judged").isEmpty();
    gate.trip("a", 300, Action.HALT, 1).progress(300).progress(310).elapse(6_000);
    assertThat(gate.controls).hasSize(1);
    assertThat(gate.last().epoch()).isEqualTo(1);
    assertThat(gate.own("gate.ack")).noneMatch(line -> line.contains("unknown to this gate"));
    assertThat(gate.state.doubted()).isNull();
  }

  @Test
  void anEngineThatWaitsForALeaseBetweenTwoBordersIsBelievedAfterAWhile() {
    gate.elapse(SETTLE_MS).progress(20).ack(AckStatus.EFFECTIVE, "x", 7, Mode.HALT, 5_000, 23);
    gate.elapse(4_000);
    assertThat(gate.controls).isEmpty();
    gate.elapse(2_000);
    assertThat(gate.last().mode()).isEqualTo(Mode.HALT);
    assertThat(gate.last().epoch()).isEqualTo(8);
  }

  @Test
  void anAnswerFromAFarFutureIsBelievedWhenNothingMoreIsJudged() {
    gate.elapse(SETTLE_MS).progress(20).ack(AckStatus.EFFECTIVE, "x", 7, Mode.HALT, 5_000, 9_999);
    gate.elapse(5_000);
    assertThat(gate.controls).isEmpty();
    gate.elapse(1_000);
    assertThat(gate.last().mode()).isEqualTo(Mode.HALT);
  }

  @Test
  void aRefusedResumeWaitsForEvidenceAndNotForEver() {
    gate.elapse(SETTLE_MS).progress(20).command("r", CommandAction.RESUME);
    gate.ack(AckStatus.REJECTED, gate.last().decisionId(), 7, Mode.RUN, 5_000, 9_999);
    gate.elapse(4_000).progress(30);
    assertThat(gate.last().epoch()).isEqualTo(1);
    gate.elapse(2_000);
    assertThat(gate.last().epoch()).isEqualTo(8);
  }
}
