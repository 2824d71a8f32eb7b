// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.config.TrialPlan.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialPlanTest {
  private static final Path SHIPPED =
      Path.of("..", "config", "trials", "auto-spread-queue-eta.yaml");
  private static final String HEAD = "id: t\ndescription: one\nsalt: s\n";
  private static final String REST =
      "kind: AB\nslot: 60s\nwarmup: 10s\nstages: [0.1, 0.5, 1.0]\narm_b: {spread.base_half_bps: 2}\n";

  @TempDir Path directory;

  @Test
  void shippedTrialSwitchesBothFlagsOfArmB() {
    TrialPlan plan = TrialPlan.load(SHIPPED);
    assertThat(plan)
        .isEqualTo(
            new TrialPlan(
                "auto-spread-queue-eta",
                plan.description(),
                Kind.AB,
                "2026-01-a",
                60_000,
                10_000,
                List.of(0.1, 0.5, 1.0),
                Map.of("flags.adaptive_spread", "true", "flags.queue_eta", "true")));
  }

  @Test
  void armBIsTheEnginesConfigurationWithItsSettingsOverIt() {
    TrialSetup setup =
        TrialSetup.load(SHIPPED, null, List.of("flags.adaptive_spread=false", "seed=9"));
    EngineConfig base =
        EngineConfigLoader.load(null, List.of("flags.adaptive_spread=false", "seed=9"));
    assertThat(setup.armB().flags().adaptiveSpread()).isTrue();
    assertThat(setup.armB().flags().queueEta()).isTrue();
    assertThat(setup.armB().seed()).isEqualTo(9);
    assertThat(setup.armB().spread()).isEqualTo(base.spread());
  }

  @Test
  void whatOnlyTheJudgeReadsIsPassedOver() {
    TrialPlan plan =
        TrialPlan.parse(HEAD + REST + "acceptance: {dwell: whatever, more: [1, 2]}\n", "t.yaml");
    assertThat(plan.stages()).containsExactly(0.1, 0.5, 1.0);
    assertThat(plan.settingsOfB()).containsExactly("spread.base_half_bps=2");
  }

  @Test
  void settingsOfArmBAreTheTextOfTheFile() {
    String armB = "{spread.base_half_bps: 2.50, flags.queue_eta: True, spread.loss_weight: '1e0'}";
    TrialPlan plan =
        TrialPlan.parse(HEAD + REST.replace("{spread.base_half_bps: 2}", armB), "t.yaml");
    assertThat(plan.armB())
        .containsOnly(
            Map.entry("spread.base_half_bps", "2.50"),
            Map.entry("flags.queue_eta", "True"),
            Map.entry("spread.loss_weight", "1e0"));
    refused(REST.replace("base_half_bps: 2", "base_half_bps: "), "needs a single value");
  }

  @Test
  void refusesWhatItDoesNotKnowWithFileAndSuggestion() {
    refused(REST + "warmpu: 10s", "t.yaml: unknown key 'warmpu'; did you mean 'warmup'?");
    refused(REST.replace("kind: AB", "kind: AC"), "kind: unknown value 'AC'");
    refused(REST.replace("slot: 60s\n", ""), "t.yaml: missing key 'slot'");
  }

  @Test
  void refusesSlotsAndStagesThatCannotBe() {
    refused(REST.replace("slot: 60s", "slot: 65s"), "multiples of 10 s");
    refused(REST.replace("warmup: 10s", "warmup: 15s"), "multiples of 10 s");
    refused(REST.replace("warmup: 10s", "warmup: 60s"), "warmup must be less than slot");
    refused(REST.replace("0.1, 0.5, 1.0", ""), "stages must not be empty");
    refused(REST.replace("0.1, 0.5, 1.0", "0.5, 0.1"), "stages must rise");
    refused(REST.replace("0.1, 0.5, 1.0", "0.5, 1.5"), "to at most 1");
    refused(REST.replace("0.1, 0.5, 1.0", "0.123"), "no fraction of at most 20 slots");
    refused(REST.replace("slot: 60s", "slot: 2h"), "to an hour");
    refused(REST.replace("slot: 60s", "slot: 10m"), "a block of 0.1 must be at most an hour");
    refused(REST.replace("warmup: 10s", "warmup: 0s"), "from 10 s");
    refused(REST.replace("warmup: 10s", "warmup: 5s"), "multiples of 10 s");
  }

  @Test
  void refusesNamesThatTheJudgeRefuses() {
    for (String id : List.of("a b", "Big", "-a", "a_b", "a.b", "a".repeat(65))) {
      String yaml = REST + "id: " + id + "\ndescription: d\nsalt: s\n";
      assertThatThrownBy(() -> TrialPlan.parse(yaml, "f"))
          .as(id)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("id: 1 to 64 of a-z 0-9 -");
    }
    String longest = "7" + "a-".repeat(31) + "b";
    String yaml = REST + "id: " + longest + "\ndescription: d\nsalt: s\n";
    assertThat(TrialPlan.parse(yaml, "f").id()).isEqualTo(longest);
    assertThatThrownBy(() -> TrialPlan.parse(REST + "id: a\ndescription: d\nsalt: s s", "f"))
        .hasMessageContaining("salt: 1 to 64");
  }

  @Test
  void armBSetsQuotingAloneAndAnAaTrialSetsNothing() {
    refused(
        REST.replace("spread.base_half_bps", "caps.max_position"), "arm_b: 'caps.max_position'");
    refused(
        REST.replace("{spread.base_half_bps: 2}", "{flags: {queue_eta: true}}"), "arm_b: 'flags'");
    refused(REST.replace("kind: AB", "kind: AA"), "none for AA");
    refused(REST.replace("{spread.base_half_bps: 2}", "{}"), "arm_b: settings for AB");
    TrialPlan aa =
        TrialPlan.parse(
            HEAD + REST.replace("AB", "AA").replace("{spread.base_half_bps: 2}", "{}"), "f");
    assertThat(aa.settingsOfB()).isEmpty();
  }

  @Test
  void armBThatSetsWhatTheEngineDoesNotKnowNamesTheTrialsFile() throws Exception {
    Path file = directory.resolve("bad.yaml");
    Files.writeString(file, HEAD + REST.replace("base_half_bps", "base_hlaf_bps"));
    assertThatThrownBy(() -> TrialSetup.load(file, null, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("bad.yaml: arm_b:")
        .hasMessageContaining("did you mean 'base_half_bps'?");
  }

  private static void refused(String rest, String message) {
    assertThatThrownBy(() -> TrialPlan.parse(HEAD + rest, "t.yaml"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }
}
