// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Main;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Plays scenarios with a trial as a user does, and wants them to go as they must. */
final class TrialRuns {
  private TrialRuns() {}

  /** The report of a run that has gone exactly as expected. */
  static JsonNode play(Path out, String scenario, String... more) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of("demo", "--scenario", scenario, "--output", "json", "--out", out.toString()));
    line.addAll(List.of(more));
    JsonNode report = sluice(line.toArray(String[]::new));
    assertThat(report.path("ok").asBoolean()).isTrue();
    assertThat(out.resolve("trial.html")).isNotEmptyFile();
    for (JsonNode check : report.path("trial").path("checks")) {
      assertThat(check.path("problem").isNull()).as(check.toString()).isTrue();
    }
    return report;
  }

  /** What a command prints as JSON; it has to end well. */
  static JsonNode sluice(String... arguments) throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    assertThat(code).as("%s%n%s", err, out).isEqualTo(ExitCodes.OK);
    return Json.mapper().readTree(out.toString());
  }

  /** A difference in the last word on a stage. */
  static JsonNode delta(JsonNode report, String metric) {
    JsonNode stages = report.path("trial").path("stages");
    for (JsonNode delta : stages.get(stages.size() - 1).path("deltas")) {
      if (delta.path("metric").asText().equals(metric)) {
        return delta;
      }
    }
    throw new AssertionError("no " + metric + " in " + stages);
  }
}
