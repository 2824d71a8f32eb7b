// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of the gate's doing stands in the audit log. */
class GateAuditTest {
  private static final long DAY_S = 86_400;

  private final GateBench gate = new GateBench();

  @Test
  void commandsDecisionsEndsOfOverridesAndAnswersAreWrittenInTheirOrder() {
    gate.progress(10).trip("a", 10, Action.PAUSE, 1);
    gate.command("o", CommandAction.OVERRIDE, "ann", "known", "a", 100L);
    gate.command("x", CommandAction.OVERRIDE, "bob", "hurry", "daily-loss", 100L);
    gate.ack(AckStatus.RECEIVED).ack(AckStatus.EFFECTIVE).progress(100);

    assertThat(lines())
        .containsExactly(
            "DECISION gate: RUN -> PAUSE (a: a is bad)",
            "COMMAND_ACCEPTED ann: OVERRIDE a until 1970-01-01T00:01:40Z (known)",
            "DECISION ann: PAUSE -> RUN (known)",
            "COMMAND_REFUSED bob: OVERRIDE daily-loss until 1970-01-01T00:01:40Z; refused: "
                + "daily-loss is a hard cap, which no override touches (hurry)",
            "EFFECTIVE engine: RUN in force, 0 open orders ()",
            "OVERRIDE_EXPIRED ann: OVERRIDE a is over (known)",
            "DECISION gate: RUN -> PAUSE (a: a is bad)");
    assertThat(gate.audits).extracting(AuditEntry::n).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(AuditChain.prove(gate.audits).whole()).isTrue();
    assertThat(gate.audits.get(6).decisionId()).isEqualTo(gate.last().decisionId());
    assertThat(gate.state.audit()).isEqualTo(new AuditHead(7, gate.audits.get(6).hash()));
  }

  @Test
  void aCommandHeardTwiceIsWrittenOnce() {
    gate.command("c", CommandAction.ACKNOWLEDGE).command("c", CommandAction.ACKNOWLEDGE);
    assertThat(gate.audits).hasSize(1);
  }

  @Test
  void aRestoredGateThatHearsTheSameSaysTheSameWhateverItsClock() {
    gate.progress(10).trip("a", 10, Action.PAUSE, 1);
    final GateState saved = gate.state;
    gate.audits.clear();
    story(gate);
    GateBench restored = new GateBench();
    restored.state = saved;
    restored.wallMs = 7_000_000;
    story(restored);
    assertThat(restored.audits).isEqualTo(gate.audits).hasSizeGreaterThan(3);
  }

  private static void story(GateBench bench) {
    bench.command("o", CommandAction.OVERRIDE, "ann", "known", "a", 100L);
    bench.ack(AckStatus.RECEIVED).ack(AckStatus.EFFECTIVE).progress(100);
    bench.command("h", CommandAction.HALT).command("r", CommandAction.PROMOTE);
  }

  @Test
  void anAnswerThatDoesNotComeIsWrittenWithoutTheWaitsOfTheClock() {
    gate.trip("a", 10, Action.PAUSE, 1).elapse(60_000);
    assertThat(lines())
        .containsExactly(
            "DECISION gate: RUN -> PAUSE (a: a is bad)",
            "OVERDUE gate: PAUSE not RECEIVED in time ()",
            "DECISION gate: PAUSE -> HALT (gate.ack)");
  }

  @Test
  void anOverrideLastsNoLongerThanThePolicyAllows() {
    gate.progress(50);
    gate.command("1", CommandAction.OVERRIDE, "w", "y", "a", 50 + DAY_S + 1);
    assertThat(gate.state.overrides()).isEmpty();
    assertThat(gate.own("gate.command").get(0)).contains("24h1s", "gate.override_max 24h");
    gate.command("2", CommandAction.OVERRIDE, "w", "y", "a", 50 + DAY_S);
    assertThat(gate.state.overrides()).hasSize(1);
  }

  @Test
  void aDecisionSaysWhichOverridesAreInForce() {
    gate.progress(10).command("o", CommandAction.OVERRIDE, "ann", "known", "a", 100L);
    gate.trip("b", 20, Action.PAUSE, 15);
    assertThat(gate.last().overrides())
        .singleElement()
        .satisfies(
            override -> {
              assertThat(override.who()).isEqualTo("ann");
              assertThat(override.why()).isEqualTo("known");
              assertThat(override.expiresAtUs()).isEqualTo(100_000_000);
            });
    gate.progress(100).clear("b", 110);
    assertThat(gate.last().overrides()).isNull();
  }

  @Test
  void whereTheJudgesStandStillTheClockEndsAnOverrideAndTheBreachActs() {
    overriddenUntil(100);
    gate.wallMs = 99_000;
    gate.elapse(999);
    assertThat(gate.state.mode()).as("before the time").isEqualTo(Mode.RUN);
    gate.elapse(1);
    assertThat(gate.state.mode()).isEqualTo(Mode.PAUSE);
    assertThat(gate.last().eventTimeUs()).isEqualTo(100_000_000);
    assertThat(gate.state.overrides()).isEmpty();
  }

  @Test
  void whereTheJudgesGoOnEventTimeAloneEndsAnOverride() {
    overriddenUntil(100);
    gate.wallMs = 200_000;
    gate.progress(20).elapse(1_000);
    assertThat(gate.state.mode()).isEqualTo(Mode.RUN);
    gate.progress(100);
    assertThat(gate.state.mode()).isEqualTo(Mode.PAUSE);
  }

  @Test
  void theClockDoesNotEndAnOverrideOfASimulation() {
    gate.source = Source.SIMULATED;
    overriddenUntil(100);
    gate.wallMs = 200_000;
    gate.elapse(1_000);
    assertThat(gate.state.mode()).isEqualTo(Mode.RUN);
  }

  private void overriddenUntil(long seconds) {
    gate.progress(10).trip("a", 10, Action.PAUSE, 1);
    gate.command("o", CommandAction.OVERRIDE, "ann", "known", "a", seconds);
    gate.ack(AckStatus.RECEIVED).ack(AckStatus.EFFECTIVE);
    assertThat(gate.state.mode()).isEqualTo(Mode.RUN);
  }

  private List<String> lines() {
    return gate.audits.stream()
        .map(e -> e.kind() + " " + e.who() + ": " + e.what() + " (" + e.why() + ")")
        .toList();
  }
}
