// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Main;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user starts it: broker and judge here, the engine in a process of its own. */
class DemoEndToEndTest {
  private static final String STALE =
      """
      name: stale
      description: every way in which a scenario and a run can disagree
      start: 2026-01-05T00:00:00Z
      duration: 50m
      seed: 9
      engine: mm-1
      ticks_per_second: 2
      symbols: [SIMUSDT]
      faults:
        - {id: wrong-time, kind: breaker_open, at: 4m, for: 6m,
           expect: [{criterion: breaker-open, action: HALT, due: 3m}]}
        - {id: never-comes, kind: deadline_storm, at: 20m, for: 1m,
           expect: [{criterion: deadline-miss, action: PAUSE, due: 30s}]}
        - {id: nobody-expects, kind: hole, at: 30m, for: 4m, expect: []}
      commands:
        - {at: 15m, action: RESUME, who: test, why: the venue is back}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theShortScenarioGoesExactlyAsExpected(@TempDir Path directory) throws Exception {
    Path run = directory.resolve("run");
    int code = sluice("demo", "--scenario", "short", "--output", "json", "--out", run.toString());
    assertThat(code).as("%s%n%s", err, out).isEqualTo(ExitCodes.OK);
    JsonNode report = Json.mapper().readTree(out.toString());
    assertThat(report.path("ok").asBoolean()).isTrue();
    assertThat(report.path("event_hours").asDouble()).isGreaterThanOrEqualTo(3.0);
    assertThat(report.path("faults")).hasSize(3);
    for (JsonNode fault : report.path("faults")) {
      assertThat(fault.path("effective").asBoolean()).as(fault.toString()).isTrue();
      assertThat(fault.path("latency_ms").asDouble()).as(fault.toString()).isPositive();
      assertThat(fault.path("evidence").asText()).isNotBlank();
    }
    assertThat(report.path("unexpected")).isEmpty();
    assertThat(report.path("datasets").path("ticks").path("rows").asLong()).isGreaterThan(20_000);
    assertThat(Json.mapper().readTree(run.resolve("report.json").toFile())).isEqualTo(report);
    assertThat(run.resolve("broker")).as("cleaned up").doesNotExist();
    assertThat(run.resolve("logs").resolve("engine.log")).isNotEmptyFile();
    queriesTheDatasets(run);
    decidesEverythingAgain(run);
  }

  private void decidesEverythingAgain(Path run) throws Exception {
    out.getBuffer().setLength(0);
    String datasets = run.resolve("datasets").toString();
    int code = sluice("replay", datasets, "--decision", "all", "--output", "json");
    assertThat(code).as("%s%n%s", err, out).isEqualTo(ExitCodes.OK);
    JsonNode decided = Json.mapper().readTree(out.toString()).path("mm-1");
    assertThat(decided).hasSizeGreaterThan(3);
    for (JsonNode one : decided) {
      assertThat(one.path("differences")).as(one.toString()).isEmpty();
      assertThat(one.path("again").path("cause")).isEqualTo(one.path("archived").path("cause"));
    }
    assertThat(sluice("replay", datasets, "--decision", "0123456789abcdef"))
        .isEqualTo(ExitCodes.USAGE);
  }

  private void queriesTheDatasets(Path run) throws Exception {
    out.getBuffer().setLength(0);
    int code =
        sluice(
            "query",
            "--data",
            run.resolve("datasets").toString(),
            "--output",
            "json",
            "SELECT count(*) AS n FROM decisions WHERE mode = 'HALT'");
    assertThat(code).isEqualTo(ExitCodes.OK);
    assertThat(Json.mapper().readTree(out.toString()).get(0).path("n").asInt()).isEqualTo(1);
  }

  @Test
  void aRunThatDeviatesInAnyWayFails(@TempDir Path directory) throws Exception {
    Path scenario = Files.writeString(directory.resolve("stale.yaml"), STALE);
    int code =
        sluice(
            "demo",
            "--scenario",
            scenario.toString(),
            "--output",
            "json",
            "--out",
            directory.resolve("run").toString());
    assertThat(code).as("%s%n%s", err, out).isEqualTo(ExitCodes.FAILED);
    JsonNode report = Json.mapper().readTree(out.toString());
    assertThat(report.path("ok").asBoolean()).isFalse();
    assertThat(report.path("faults").get(0).path("problem").asText())
        .endsWith("s of event time late");
    assertThat(report.path("faults").get(1).path("problem").asText()).isEqualTo("never decided");
    assertThat(report.path("unexpected")).hasSize(1);
    assertThat(report.path("unexpected").get(0).asText()).startsWith("PAUSE");
    assertThat(report.path("problems")).isEmpty();
  }

  private int sluice(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
