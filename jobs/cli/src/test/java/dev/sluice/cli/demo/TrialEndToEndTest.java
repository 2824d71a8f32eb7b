// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trial that is started, becomes worse and is taken back; and the same again. */
class TrialEndToEndTest {
  private static final String WORSE =
      """
      name: worse
      description: arm B's slippage becomes worse after an hour
      start: 2026-01-05T00:00:00Z
      duration: 1h20m
      seed: 42
      engine: mm-1
      ticks_per_second: 1
      symbols: [SIMAUSDT, SIMBUSDT, SIMCUSDT, SIMDUSDT]
      trial: auto-spread-queue-eta
      trial_settings: ["stages=[0.5, 1.0]"]
      faults:
        - {id: b-slips, kind: arm_b_slippage, at: 1h, for: 20m, expect: []}
      commands:
        - {at: 9m45s, action: START_TRIAL, who: test, why: to see it fail, trial: auto-spread-queue-eta}
      rollouts:
        - {to: "50", due: 9m45s}
        - {to: rolled-back, due: 10m, from_fault: b-slips}
      """;

  @Test
  void theSameScenarioTwiceLeadsToTheSameDecisions(@TempDir Path directory) throws Exception {
    Path scenario = Files.writeString(directory.resolve("worse.yaml"), WORSE);
    JsonNode first = decisions(directory.resolve("first"), scenario);
    assertThat(first).hasSize(2);
    assertThat(first.get(0).path("rollout_stage").asText()).isEqualTo("50");
    assertThat(first.get(1).path("rollout_stage").asText()).isEqualTo("rolled-back");
    assertThat(decisions(directory.resolve("second"), scenario)).isEqualTo(first);
  }

  /** Ids and stages; a command travels at the wall clock's pace, so its time is not the same. */
  private static JsonNode decisions(Path run, Path scenario) throws Exception {
    JsonNode report = TrialRuns.play(run, scenario.toString());
    JsonNode back = report.path("trial").path("rollouts").get(1);
    assertThat(back.path("decided_event_time").asText()).isEqualTo("2026-01-05T01:10:00Z");
    assertThat(back.path("evidence").asText()).startsWith("trial-slippage");
    return TrialRuns.sluice(
        "query",
        "--data",
        run.resolve("datasets").toString(),
        "--output",
        "json",
        "SELECT DISTINCT epoch, decision_id, mode, rollout_stage FROM decisions ORDER BY epoch");
  }
}
