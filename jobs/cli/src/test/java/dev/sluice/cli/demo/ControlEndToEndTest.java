// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Main;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at the desk, while judge and engine run. */
class ControlEndToEndTest {
  private static final String QUIET =
      """
      name: quiet
      description: nothing happens unless a person wants it
      start: 2026-01-05T00:00:00Z
      duration: 24h
      seed: 1
      engine: mm-1
      ticks_per_second: 2
      symbols: [SIMUSDT]
      faults: []
      commands: []
      """;

  @Test
  void aPersonHaltsAndResumesAnEngineAndSeesItsEffect(@TempDir Path directory) throws Exception {
    try (DrillStage play = Stages.of(directory, Scenario.parse(QUIET, "quiet"))) {
      play.judge().start();
      play.startEngine("--speed", "60");
      await("the engine trades")
          .atMost(Duration.ofSeconds(120))
          .until(() -> play.watermarkMs() > 120_000);

      JsonNode halted = order(play, ExitCodes.OK, "halt", "mm-1");
      assertThat(halted.path("result").asText()).isEqualTo("EFFECTIVE");
      assertThat(halted.path("mode").asText()).isEqualTo("HALT");
      assertThat(halted.path("latency_ms").asLong()).isBetween(0L, 20_000L);

      JsonNode status = sluice(ExitCodes.OK, "control", "status", "--bootstrap", play.bootstrap());
      assertThat(status).hasSize(1);
      assertThat(status.get(0).path("engine_id").asText()).isEqualTo("mm-1");
      assertThat(status.get(0).path("mode").asText()).isEqualTo("HALT");
      assertThat(status.get(0).path("ack_status").asText()).isEqualTo("EFFECTIVE");
      assertThat(status.get(0).path("because").asText()).isEqualTo("ana: a test");

      JsonNode resumed = order(play, ExitCodes.OK, "resume", "mm-1");
      assertThat(resumed.path("mode").asText()).isEqualTo("RUN");
      assertThat(resumed.path("epoch").asLong()).isGreaterThan(halted.path("epoch").asLong());
    }
  }

  private static JsonNode order(DrillStage play, int expected, String action, String engine)
      throws Exception {
    return sluice(
        expected,
        "control",
        action,
        "--bootstrap",
        play.bootstrap(),
        "--engine",
        engine,
        "--who",
        "ana",
        "--why",
        "a test");
  }

  private static JsonNode sluice(int expected, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--output", "json"));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(out, true), new PrintWriter(err, true), line.toArray(String[]::new));
    assertThat(code).as("%s%n%s", err, out).isEqualTo(expected);
    return Json.mapper().readTree(out.toString());
  }
}
