// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Trials on real market data: a quiet symbol, hour after hour. */
@EnabledIfSystemProperty(
    named = "sluice.replays",
    matches = "all",
    disabledReason = "SKIPPED: three minutes; -Dsluice.replays=all plays them")
class TrialReplayTest {
  private static final String CAPTURES = "binance_nexo_24h";
  private static final String FILE = "nexousdt_spot_20240724.raw.gz";

  @Test
  void twoArmsAlikeAreQuiet(@TempDir Path directory) throws Exception {
    JsonNode report = play(directory, "trial-aa");
    JsonNode stages = report.path("trial").path("stages");
    assertThat(stages).hasSize(1);
    assertThat(stages.get(0).path("reason").asText()).startsWith("quiet");
    assertThat(report.path("trial").path("rollouts")).hasSize(1);
  }

  @Test
  void twoSpreadsAreToldApartWithTheRightSign(@TempDir Path directory) throws Exception {
    JsonNode capture = TrialRuns.delta(play(directory, "trial-spread"), "capture_bps");
    assertThat(capture.path("lower").asDouble()).isPositive();
    assertThat(capture.path("value_b").asDouble())
        .isGreaterThan(capture.path("value_a").asDouble());
  }

  private static JsonNode play(Path directory, String scenario) throws Exception {
    Path capture = Captures.directory(CAPTURES).resolve(FILE);
    return TrialRuns.play(directory.resolve("run"), scenario, "--data", capture.toString());
  }
}
