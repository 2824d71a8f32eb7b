// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Action;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.VerdictOutcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateCommandTest {
  private final GateBench gate = new GateBench();

  @Test
  void aPersonMayRestrictAndOnlyResumeLifts() {
    Map<CommandAction, Mode> table =
        Map.of(
            CommandAction.REDUCE_ONLY, Mode.REDUCE_ONLY,
            CommandAction.PAUSE, Mode.PAUSE,
            CommandAction.HALT, Mode.HALT,
            CommandAction.FLATTEN, Mode.FLATTEN);
    table.forEach(
        (action, mode) -> {
          GateBench bench = new GateBench();
          bench.command("c", action).trip("a", 5, Action.ALERT, 1).clear("a", 10);
          assertThat(bench.state.mode()).isEqualTo(mode);
          assertThat(bench.last().latched()).isTrue();
          assertThat(bench.last().command().why()).isEqualTo("because");
          bench.command("r", CommandAction.RESUME);
          assertThat(bench.state.mode()).isEqualTo(Mode.RUN);
        });
  }

  @Test
  void aCommandNeverLoosens() {
    gate.command("c", CommandAction.HALT).command("d", CommandAction.PAUSE);
    assertThat(gate.state.mode()).isEqualTo(Mode.HALT);
    assertThat(gate.controls).hasSize(1);
  }

  @Test
  void whoAndWhyAreMandatory() {
    gate.command("c", CommandAction.HALT, " ", "why", null, null);
    gate.command("d", CommandAction.HALT, "who", "", null, null);
    assertThat(gate.controls).isEmpty();
    assertThat(gate.own("gate.command"))
        .hasSize(2)
        .allMatch(reason -> reason.startsWith("BREACH HALT refused: who, why"));
  }

  @Test
  void aRepeatedCommandIsObeyedOnce() {
    gate.command("c", CommandAction.RESUME).command("c", CommandAction.RESUME);
    assertThat(gate.controls).hasSize(1);
    assertThat(gate.verdicts).hasSize(1);
  }

  @Test
  void resumeIsRefusedWhileAHardConditionIsInBreach() {
    gate.trip("breaker-open", 10, Action.HALT, 5).command("c", CommandAction.RESUME);
    assertThat(gate.state.mode()).isEqualTo(Mode.HALT);
    assertThat(gate.own("gate.command")).last().asString().contains("breaker-open is in breach");

    gate.word("breaker-open", 20, Phase.TRIPPED, VerdictOutcome.PASS, Action.HALT, 5);
    gate.command("d", CommandAction.RESUME);
    assertThat(gate.state.mode()).isEqualTo(Mode.RUN);
  }

  /** The criteria refused the RESUME that the gate accepted, and go on with the old episode. */
  @Test
  void aHaltDemandedByEvidenceAfterResumeIsHeardWhateverItsEpisode() {
    gate.trip("breaker-open", 10, Action.HALT, 5);
    gate.word("breaker-open", 20, Phase.TRIPPED, VerdictOutcome.PASS, Action.HALT, 5);
    gate.command("r", CommandAction.RESUME);
    gate.word("breaker-open", 20, Phase.LATCHED, VerdictOutcome.BREACH, Action.HALT, 5);
    assertThat(gate.state.mode()).as("not newer").isEqualTo(Mode.RUN);

    gate.word("breaker-open", 21, Phase.TRIPPED, VerdictOutcome.BREACH, Action.HALT, 5);
    gate.word("breaker-open", 22, Phase.TRIPPED, VerdictOutcome.BREACH, Action.HALT, 5);
    assertThat(gate.state.mode()).isEqualTo(Mode.HALT);
    assertThat(gate.controls).hasSize(3);
    assertThat(gate.controls.stream().map(c -> c.decisionId()).distinct()).hasSize(3);

    gate.word("breaker-open", 30, Phase.TRIPPED, VerdictOutcome.PASS, Action.HALT, 5);
    gate.command("r2", CommandAction.RESUME);
    assertThat(gate.state.mode()).isEqualTo(Mode.RUN);
  }

  @Test
  void resumeIsForTheWholeEngine() {
    gate.trip("a", 10, Action.PAUSE, 1);
    gate.command("c", CommandAction.RESUME, "w", "y", "a", null);
    assertThat(gate.state.mode()).isEqualTo(Mode.PAUSE);
  }

  @Test
  void resumeEndsAPauseThatStillStands() {
    gate.trip("a", 10, Action.PAUSE, 1).command("c", CommandAction.RESUME);
    assertThat(gate.state.mode()).isEqualTo(Mode.RUN);
  }

  @Test
  void anOverrideSuspendsAndItsExpiryActsAtOnce() {
    gate.progress(10).trip("a", 10, Action.PAUSE, 1);
    String first = gate.last().decisionId();
    gate.command("o", CommandAction.OVERRIDE, "w", "y", "a", 100L);
    assertThat(gate.state.mode()).isEqualTo(Mode.RUN);
    gate.progress(90);
    assertThat(gate.state.mode()).isEqualTo(Mode.RUN);
    gate.progress(100);
    assertThat(gate.state.mode()).isEqualTo(Mode.PAUSE);
    assertThat(gate.last().eventTimeUs()).isEqualTo(100_000_000);
    assertThat(gate.last().decisionId()).isNotEqualTo(first);
    assertThat(gate.state.overrides()).isEmpty();
  }

  @Test
  void anOverrideOfWhatHasBecomeAHardCapEndsWhenTheGateHearsOfTime() {
    gate.progress(10).trip("a", 10, Action.PAUSE, 1);
    gate.command("o", CommandAction.OVERRIDE, "w", "y", "a", 100L);
    GateBench next = new GateBench(GateBench.capping("a"));
    next.state = gate.state;
    next.progress(20);
    assertThat(next.state.overrides()).isEmpty();
    assertThat(next.state.mode()).isEqualTo(Mode.PAUSE);
    assertThat(next.last().eventTimeUs()).isEqualTo(20_000_000);
  }

  @Test
  void anOverriddenHaltCanBeResumedAndComesBackHeld() {
    gate.progress(10).trip("a", 10, Action.HALT, 1);
    gate.command("o", CommandAction.OVERRIDE, "w", "y", "a", 100L);
    assertThat(gate.state.mode()).as("held until a person resumes").isEqualTo(Mode.HALT);
    gate.command("r", CommandAction.RESUME);
    assertThat(gate.state.mode()).isEqualTo(Mode.RUN);
    gate.progress(100);
    assertThat(gate.state.mode()).isEqualTo(Mode.HALT);
    gate.clear("a", 110);
    assertThat(gate.state.mode()).isEqualTo(Mode.HALT);
  }

  @Test
  void anOverrideThatWasNotNeededExpiresQuietly() {
    gate.progress(10).command("o", CommandAction.OVERRIDE, "w", "y", "a", 100L);
    gate.trip("a", 20, Action.HALT, 15).clear("a", 30).progress(200);
    assertThat(gate.controls).isEmpty();
  }

  @Test
  void overridesAreRefusedWithoutExpiryOnHardCapsAndInThePast() {
    gate.progress(50);
    gate.command("1", CommandAction.OVERRIDE, "w", "y", "a", null);
    gate.command("2", CommandAction.OVERRIDE, "w", "y", null, 100L);
    gate.command("3", CommandAction.OVERRIDE, "w", "y", "daily-loss", 100L);
    gate.command("4", CommandAction.OVERRIDE, "w", "y", "a", 50L);
    assertThat(gate.own("gate.command")).hasSize(4).allMatch(r -> r.startsWith("BREACH"));
    assertThat(gate.state.overrides()).isEmpty();
  }

  @Test
  void promotionWithoutATrialIsRefusedAndAcknowledgeChangesNothing() {
    gate.command("1", CommandAction.PROMOTE).command("3", CommandAction.ACKNOWLEDGE);
    assertThat(gate.own("gate.command"))
        .containsExactly(
            "BREACH PROMOTE refused: no trial runs", "PASS ACKNOWLEDGE by tester: mode is RUN");
    assertThat(gate.controls).isEmpty();
  }
}
