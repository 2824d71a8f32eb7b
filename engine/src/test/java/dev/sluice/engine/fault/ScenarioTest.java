// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.config.ConfigException;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.FindingStatus;
import dev.sluice.schemas.ParityCause;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  private static final String HEAD =
      """
      name: soak
      start: 2026-01-05T00:00:00Z
      duration: 72h
      seed: 42
      engine: mm-1
      ticks_per_second: 2
      symbols: [SIMUSDT]
      """;

  @Test
  void readsFaultsExpectationsAndCommands() {
    Scenario scenario =
        Scenario.parse(
            HEAD
                + """
                description: one line
                faults:
                  - {id: storm, kind: deadline_storm, at: 6h, for: 12m, params: {miss_ratio: 0.5},
                     expect: [{criterion: deadline-miss, action: PAUSE, due: 10m10s}]}
                  - {id: flow, kind: taker_flow, at: 9h, for: 2h,
                     expect: [{criterion: taker-share, action: REDUCE_ONLY, due: from_events}]}
                  - {id: hole, kind: hole, at: 20h, for: 9m50s, expect: []}
                commands:
                  - {at: 20h, action: RESUME, who: "demo operator", why: "breaker fixed"}
                """,
            "soak.yaml");
    assertThat(scenario.startUs()).isEqualTo(1_767_571_200_000_000L);
    assertThat(scenario.endUs()).isEqualTo(1_767_571_200_000_000L + 72L * 3_600_000_000L);
    assertThat(scenario.faults()).hasSize(3);
    Scenario.Fault storm = scenario.faults().get(0);
    assertThat(storm.kind()).isEqualTo(FaultKind.DEADLINE_STORM);
    assertThat(storm.param("miss_ratio", 9)).isEqualTo(0.5);
    assertThat(storm.param("extra_ms", 9)).isEqualTo(9);
    assertThat(storm.expect())
        .containsExactly(new Scenario.Expectation("deadline-miss", Action.PAUSE, "10m10s"));
    assertThat(storm.expect().get(0).dueMs()).isEqualTo(610_000);
    assertThat(scenario.faults().get(1).expect().get(0).fromEvents()).isTrue();
    assertThat(scenario.commands())
        .containsExactly(
            new Scenario.ScenarioCommand(
                20 * 3_600_000L, CommandAction.RESUME, "demo operator", "breaker fixed"));
  }

  @Test
  void readsFindingsThatMustFollowAndTheCriterionOfACommand() {
    Scenario scenario =
        Scenario.parse(
            HEAD
                + """
                faults:
                  - {id: hole, kind: hole, at: 1h, for: 1m,
                     finds: [{kind: DUPLICATE, within: 45s, age: 40s, ends: ACKNOWLEDGED},
                             {kind: LATE_FILL, count: 3, most: 5, within: 1m, ends: NOTED}]}
                  - {id: other, kind: hole, at: 2h, for: 1m}
                commands:
                  - {at: 2h, action: ACKNOWLEDGE, who: ana, why: seen, criterion: reconcile}
                """,
            "f");
    assertThat(scenario.faults().get(0).finds())
        .containsExactly(
            new Scenario.ExpectedFinding(
                FindingKind.DUPLICATE, 1, "45s", "40s", FindingStatus.ACKNOWLEDGED),
            new Scenario.ExpectedFinding(
                FindingKind.LATE_FILL, 3, 5, "1m", null, FindingStatus.NOTED));
    assertThat(scenario.faults().get(0).finds().get(0).fits(1)).isTrue();
    assertThat(scenario.faults().get(0).finds().get(0).fits(2)).isFalse();
    assertThat(scenario.faults().get(0).finds().get(1).fits(2)).isFalse();
    assertThat(scenario.faults().get(0).finds().get(1).fits(5)).isTrue();
    assertThat(scenario.faults().get(0).finds().get(1).fits(6)).isFalse();
    assertThat(scenario.faults().get(0).finds().get(0).withinMs()).isEqualTo(45_000);
    assertThat(scenario.faults().get(0).finds().get(0).maxAgeMs()).isEqualTo(40_000);
    assertThat(scenario.faults().get(0).finds().get(1).maxAgeMs()).isEqualTo(Long.MAX_VALUE);
    assertThat(scenario.faults().get(1).finds()).isEmpty();
    assertThat(scenario.commands().get(0).criterion()).isEqualTo("reconcile");
    refused(
        "faults: [{id: a, kind: hole, at: 1h, for: 1m, finds: [{kind: DUPLICATE, count: 0, within:"
            + " 1m, ends: HEALED}]}]",
        "count must be positive");
    refused(
        "faults: [{id: a, kind: hole, at: 1h, for: 1m, finds: [{kind: DUPLICATE, within: soon,"
            + " ends: HEALED}]}]",
        "soon");
  }

  @Test
  void faultsAndCommandsAndTrialAndShadowMayBeAbsent() {
    Scenario scenario = Scenario.parse(HEAD, "f");
    assertThat(scenario.faults()).isEmpty();
    assertThat(scenario.commands()).isEmpty();
    assertThat(scenario.trial()).isNull();
    assertThat(scenario.shadow()).isFalse();
    assertThat(scenario.trialSettings()).isEmpty();
    assertThat(scenario.settings()).isEmpty();
    assertThat(scenario.shadowFaults()).isEmpty();
    assertThat(scenario.rollouts()).isEmpty();
    assertThat(scenario.holds()).isEmpty();
    assertThat(scenario.parity()).isEmpty();
  }

  @Test
  void readsATrialAndWhatMustBecomeOfIt() {
    Scenario scenario =
        Scenario.parse(
            HEAD
                + """
                trial: auto-spread-queue-eta
                trial_settings: ["acceptance.dwell=6h", "stages=[0.5,1.0]"]
                settings: [flags.adaptive_spread=false]
                faults: [{id: worse, kind: hole, at: 3h, for: 1h}]
                commands:
                  - {at: 1h, action: START_TRIAL, who: ana, why: new, trial: auto-spread-queue-eta}
                rollouts: [{to: "50", due: 6h11m}, {to: rolled-back, due: 10m, from_fault: worse}]
                holds: [net_bps, lower bound]
                """,
            "f");
    assertThat(scenario.trial()).isEqualTo("auto-spread-queue-eta");
    assertThat(scenario.trialSettings()).containsExactly("acceptance.dwell=6h", "stages=[0.5,1.0]");
    assertThat(scenario.settings()).containsExactly("flags.adaptive_spread=false");
    assertThat(scenario.commands().get(0).trial()).isEqualTo("auto-spread-queue-eta");
    assertThat(scenario.rollouts())
        .containsExactly(
            new ExpectedRollout("50", 22_260_000, null),
            new ExpectedRollout("rolled-back", 600_000, "worse"));
    assertThat(scenario.holds()).containsExactly("net_bps", "lower bound");
    refused("commands: [{at: 1h, action: START_TRIAL, who: ana, why: new}]", "names its trial");
    refused("commands: [{at: 1h, action: HALT, who: a, why: b, trial: t}]", "names its trial");
    refused("rollouts: [{to: \"50\", due: 1h}]", "there is no trial");
    refused("trial: t\nrollouts: [{to: \"50\", due: 1h, from_fault: f}]", "no fault 'f'");
  }

  @Test
  void readsAShadowWithFaultsOfItsOwn() {
    Scenario scenario =
        Scenario.parse(
            HEAD
                + """
                shadow: true
                shadow_faults: [{id: slow, kind: ack_delayed, at: 1h, for: 1h}]
                parity: [{cause: LATENCY, from: 1h, to: 2h}]
                """,
            "f");
    assertThat(scenario.shadow()).isTrue();
    assertThat(scenario.faults()).isEmpty();
    assertThat(scenario.shadowFaults())
        .extracting(Scenario.Fault::kind)
        .containsExactly(FaultKind.ACK_DELAYED);
    assertThat(scenario.parity())
        .containsExactly(new ExpectedDrift(ParityCause.LATENCY, 3_600_000, 7_200_000));
    refused("shadow_faults: [{id: a, kind: hole, at: 1h, for: 1h}]", "there is no shadow");
    refused("parity: [{cause: LATENCY, from: 1h, to: 2h}]", "there is no shadow");
    refused("shadow: true\nparity: [{cause: FEES, from: 2h, to: 2h}]", "from must be before to");
    refused(
        "shadow: true\nshadow_faults: [{id: a, kind: hole, at: 71h, for: 2h}]",
        "a ends after the scenario");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    refused("faults: [{id: a, kind: deadline_strom, at: 1h, for: 1m}]", "'deadline_storm'");
    refused("faults: [{id: a, kind: hole, at: 1h, fro: 1m}]", "did you mean 'for'?");
    refused("faults: [{id: a, kind: hole, at: 1h}]", "missing key 'faults[0].for'");
    refused(
        "faults: [{id: a, kind: hole, at: 1h, for: 1m, params: {mb_per_h: 3}}]",
        "unknown parameter 'mb_per_h'");
    refused(
        "faults: [{id: a, kind: memory_leak, at: 1h, for: 1m, params: {mb_per_h: much}}]",
        "mb_per_h is no number");
    refused("durration: 3h", "did you mean 'duration'?");
    refused(
        "faults: [{id: a, kind: hole, at: 1h, for: 1m, expect: [{criterion: c, action: STOP,"
            + " due: 1m}]}]",
        "unknown value 'STOP'");
  }

  @Test
  void refusesImpossibleTimes() {
    refused("faults: [{id: a, kind: hole, at: 71h, for: 2h}]", "a ends after the scenario");
    refused("faults: [{id: a, kind: hole, at: 1h, for: 0s}]", "for must be positive");
    refused(
        "faults: [{id: a, kind: hole, at: 1h, for: 2h}, {id: b, kind: hole, at: 2h, for: 1h}]",
        "a and b overlap and are of the same kind");
    refused(
        "faults: [{id: a, kind: hole, at: 1h, for: 1h}, {id: a, kind: hole, at: 4h, for: 1h}]",
        "fault id 'a' is used twice");
    assertThatThrownBy(() -> Scenario.parse(HEAD.replace("00:00:00Z", "00:00:03Z"), "f"))
        .hasMessageContaining("start must be a multiple of 10 s");
  }

  @Test
  void faultsOfDifferentKindsMayOverlap() {
    Scenario scenario =
        Scenario.parse(
            HEAD
                + "faults: [{id: a, kind: memory_leak, at: 1h, for: 9h},"
                + " {id: b, kind: hole, at: 2h, for: 1h}]",
            "f");
    assertThat(scenario.faults()).hasSize(2);
  }

  @Test
  void theOrdersScenarioInjectsEveryFaultOfVenueAndBooksFarApart() {
    Scenario orders = Scenario.load(Path.of("..", "config", "scenarios", "orders.yaml"));
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    orders.faults().forEach(fault -> kinds.add(fault.kind()));
    assertThat(kinds)
        .containsAll(FaultKind.of(FaultKind.Layer.VENUE))
        .containsAll(FaultKind.of(FaultKind.Layer.BOOK));
    assertThat(orders.durationMs()).isLessThanOrEqualTo(14 * 3_600_000L);
    Set<FindingKind> found = EnumSet.noneOf(FindingKind.class);
    orders.faults().forEach(fault -> fault.finds().forEach(find -> found.add(find.kind())));
    assertThat(found).containsExactlyInAnyOrder(FindingKind.values());
    long endMs = 0;
    for (Scenario.Fault fault : orders.faults()) {
      boolean sameEpisode = fault.atMs() <= endMs;
      assertThat(fault.atMs() - endMs >= 600_000 || sameEpisode).as(fault.id()).isTrue();
      endMs = Math.max(endMs, fault.endMs());
    }
  }

  private static void refused(String yaml, String message) {
    assertThatThrownBy(() -> Scenario.parse(HEAD + yaml + "\n", "f"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }
}
