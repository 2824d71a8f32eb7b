// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Home;
import dev.sluice.cli.Main;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at the desk of a trial, while judge and engine run. */
class TrialControlTest {
  private static final String TRIAL = "auto-spread-queue-eta";
  private static final String QUIET =
      """
      name: quiet
      description: nothing happens unless a person wants it
      start: 2026-01-05T00:00:00Z
      duration: 24h
      seed: 1
      engine: mm-1
      ticks_per_second: 1
      symbols: [SIMUSDT]
      faults: []
      commands: []
      """;

  @Test
  void aPersonStartsExplainsAndTakesBackATrial(@TempDir Path directory) throws Exception {
    try (DrillStage play = Stages.of(directory, Scenario.parse(QUIET, "quiet"))) {
      play.judge().start();
      play.startEngine(
          "--speed",
          "60",
          "--trial",
          Home.find().resolve("config").resolve("trials").resolve(TRIAL + ".yaml").toString());
      await("the engine trades")
          .atMost(Duration.ofSeconds(120))
          .until(() -> play.watermarkMs() > 120_000);

      assertThat(sluice(play, ExitCodes.FAILED, "start", "--trial", "no-such"))
          .contains("REFUSED", "known: " + TRIAL);
      JsonNode started = json(sluice(play, ExitCodes.OK, "start", "--trial", TRIAL));
      assertThat(started.path("rollout").path("stage").asText()).isEqualTo("10");
      JsonNode inForce = started.path("in_force");
      assertThat(inForce.path("rollout").path("trial_id").asText()).isEqualTo(TRIAL);
      assertThat(inForce.path("from_us").asLong() % 60_000_000L).as("a border of slots").isZero();
      assertThat(inForce.path("flags").path("queue_eta").asBoolean(true)).isFalse();

      await("the judge speaks of it")
          .atMost(Duration.ofSeconds(120))
          .until(() -> json(read(play, "status")).path(0).path("status").isObject());
      JsonNode standing = json(read(play, "explain")).get(0);
      assertThat(standing.path("told").path("stage").asText()).isEqualTo("10");
      assertThat(standing.path("in_force").path("stage").asText()).isEqualTo("10");
      assertThat(standing.path("status").path("reason").asText()).contains("more covered time");
      assertThat(standing.path("decisions")).hasSize(1);

      Path page = directory.resolve("trial.html");
      sluice("trial", "report", "--bootstrap", play.bootstrap(), "--out", page.toString());
      assertThat(Files.readString(page)).contains(TRIAL + " at mm-1", "more covered time");

      JsonNode back = json(sluice(play, ExitCodes.OK, "rollback"));
      assertThat(back.path("in_force").path("rollout").path("stage").asText())
          .isEqualTo("rolled-back");
      assertThat(sluice(play, ExitCodes.FAILED, "promote")).contains("no trial runs");
    }
  }

  private static String read(DrillStage play, String what) {
    return sluice("trial", what, "--bootstrap", play.bootstrap(), "--output", "json");
  }

  private static String sluice(DrillStage play, int expected, String action, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "trial",
                action,
                "--bootstrap",
                play.bootstrap(),
                "--engine",
                "mm-1",
                "--who",
                "ana",
                "--why",
                "a test",
                "--output",
                "json"));
    line.addAll(List.of(more));
    return sluice(expected, line);
  }

  private static String sluice(String... line) {
    return sluice(ExitCodes.OK, List.of(line));
  }

  private static String sluice(int expected, List<String> line) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(out, true), new PrintWriter(err, true), line.toArray(String[]::new));
    assertThat(code).as("%s%n%s", err, out).isEqualTo(expected);
    return out.toString();
  }

  private static JsonNode json(String text) throws Exception {
    return Json.mapper().readTree(text);
  }
}
