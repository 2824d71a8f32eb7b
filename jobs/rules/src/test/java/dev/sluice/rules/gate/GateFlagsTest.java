// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.AuditKind;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.RolloutState;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Feature flags as a part of the desired state. */
class GateFlagsTest {
  private static final Map<String, Boolean> ON = Map.of("queue_eta", true);
  private static final Map<String, Boolean> OFF = Map.of("queue_eta", false, "md_cache", true);

  private final GateBench gate = new GateBench();

  @Test
  void flagsArePublishedAndStayInLaterRecords() {
    gate.progress(10).setFlags("f", ON);
    assertThat(gate.last().flags()).isEqualTo(ON);
    assertThat(gate.last().mode()).isEqualTo(Mode.RUN);
    gate.setFlags("g", Map.of("md_cache", false)).trip("a", 10, Action.PAUSE, 1);
    assertThat(gate.last().mode()).isEqualTo(Mode.PAUSE);
    assertThat(gate.last().flags()).isEqualTo(Map.of("queue_eta", true, "md_cache", false));
    assertThat(gate.audits).last().extracting(AuditEntry::what).isEqualTo("RUN -> PAUSE");
  }

  @Test
  void theSameFlagsAgainArePublishedAgain() {
    gate.setFlags("f", ON).setFlags("g", ON);
    assertThat(gate.controls).hasSize(2);
  }

  @Test
  void anAnswerWithTheFlagsInForceIsEffective() {
    gate.setFlags("f", ON).ack(AckStatus.RECEIVED, OFF, null);
    assertThat(gate.state.obedience()).isEqualTo(Obedience.WAITING);
    gate.ack(AckStatus.EFFECTIVE, Map.of("queue_eta", true, "md_cache", true), null);
    assertThat(gate.state.obedience()).isEqualTo(Obedience.OBEYING);
    assertThat(gate.state.flags()).isEqualTo(ON);
  }

  @Test
  void flagsThatTheEngineRefusesAreTakenBackOnce() {
    gate.setFlags("f", Map.of("queue_eta", true, "bogus", true));
    gate.ack(AckStatus.RECEIVED, OFF, null);
    gate.ack(AckStatus.REJECTED, OFF, "flag bogus is not known");
    assertThat(gate.controls).hasSize(2);
    assertThat(gate.last().flags())
        .as("what the engine can do")
        .isEqualTo(Map.of("queue_eta", false));
    assertThat(gate.own("gate.flags"))
        .containsExactly("BREACH flags were not taken up: flag bogus is not known");
    assertThat(gate.audits).extracting(AuditEntry::kind).contains(AuditKind.FLAGS_REFUSED);
    gate.ack(AckStatus.RECEIVED, OFF, null).ack(AckStatus.EFFECTIVE, OFF, null);
    assertThat(gate.controls).hasSize(2);
    assertThat(gate.state.obedience()).isEqualTo(Obedience.OBEYING);
  }

  @Test
  void anEngineThatKnowsNoFlagsHasThemTakenBack() {
    gate.setFlags("f", ON).ack(AckStatus.RECEIVED).ack(AckStatus.EFFECTIVE);
    assertThat(gate.last().flags()).as("none, which is not: as before").isEmpty();
    assertThat(gate.own("gate.flags")).hasSize(1);
    gate.ack(AckStatus.RECEIVED).ack(AckStatus.EFFECTIVE);
    assertThat(gate.controls).as("and that was the end of it").hasSize(2);
    assertThat(gate.state.obedience()).isEqualTo(Obedience.OBEYING);
  }

  @Test
  void aRecordRejectedForItsEpochIsSaidAgainWithItsFlags() {
    gate.setFlags("f", ON).ack(AckStatus.REJECTED, OFF, "epoch 1 has been applied");
    assertThat(gate.last().epoch()).isEqualTo(2);
    assertThat(gate.last().flags()).isEqualTo(ON);
  }

  @Test
  void moreThanAnEngineCanSaveIsRefused() {
    Map<String, Boolean> many = new HashMap<>();
    for (int i = 0; i < 30; i++) {
      many.put("a-name-that-is-as-long-as-names-of-flags-may-be-and-no-longer-" + i, true);
    }
    gate.setFlags("f", many);
    assertThat(gate.controls).isEmpty();
    assertThat(gate.own("gate.command")).singleElement().asString().contains("too long together");
  }

  @Test
  void noFlagsOrMalformedOnesAreRefused() {
    Map<String, Boolean> unsaid = new HashMap<>();
    unsaid.put("queue_eta", null);
    gate.setFlags("1", null).setFlags("2", Map.of()).setFlags("3", Map.of("A b", true));
    gate.setFlags("4", Collections.unmodifiableMap(unsaid));
    assertThat(gate.own("gate.command")).hasSize(4).allMatch(r -> r.startsWith("BREACH SET_FLAGS"));
    assertThat(gate.controls).isEmpty();
    assertThat(gate.state.flags()).isNull();
  }

  @Test
  void flagsAreRefusedWhileATrialRunsAndTakenAfterIt() {
    gate.state = running(gate.progress(10).state);
    gate.setFlags("f", ON);
    assertThat(gate.own("gate.command"))
        .containsExactly(
            "BREACH SET_FLAGS refused: trial t runs, and compares settings; roll it back first");
    assertThat(gate.state.flags()).isNull();
    gate.command("b", CommandAction.ROLLBACK).setFlags("g", ON);
    assertThat(gate.last().flags()).isEqualTo(ON);
  }

  private static GateState running(GateState s) {
    return new GateState(
        s.engineId(),
        s.control(),
        s.heldMode(),
        RolloutState.running("t", 0.1),
        s.tracks(),
        s.overrides(),
        s.pending(),
        s.obedience(),
        s.watermarkUs(),
        s.progressWallUs(),
        s.leaseGiven(),
        s.source(),
        s.resumedAtUs(),
        s.commandIds(),
        s.judges(),
        s.rolloutSinceUs(),
        s.acceptance(),
        s.confirmedRollout(),
        s.doubted(),
        s.flags(),
        s.audit());
  }
}
