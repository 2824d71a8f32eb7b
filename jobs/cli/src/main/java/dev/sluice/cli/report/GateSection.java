// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.CliException;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The release gates in a report, from the document of {@code sluice gate run --output json}. */
public final class GateSection {
  private static final String SCHEMA = "gate_run.v1";
  private static final String ID = "gates";
  private static final List<String> COLUMNS =
      List.of("gate", "outcome", "value", "unit", "wanted", "samples", "waived by", "reason");

  private GateSection() {}

  /**
   * Reads a document.
   *
   * @throws CliException when there is none, it is none, or it was made for a time after the span
   */
  public static GivenSection read(Path file, ReportSpan span) throws IOException {
    JsonNode run;
    try {
      run = Json.mapper().readTree(Files.readString(file));
    } catch (NoSuchFileException | JsonProcessingException e) {
      throw refused("cannot read the gates", file);
    }
    if (!SCHEMA.equals(run.path("schema").asText())) {
      throw refused("this is no " + SCHEMA, file);
    }
    Instant asOf = Instant.EPOCH.plus(run.path("as_of_us").asLong(), ChronoUnit.MICROS);
    if (asOf.isAfter(span.until())) {
      throw CliException.usage(
          "the gates were judged for " + asOf + ", after the span",
          file.toString(),
          "give gates as of " + span.until() + " or before");
    }
    List<List<Object>> rows = new ArrayList<>();
    List<Report.Step> steps = new ArrayList<>();
    for (JsonNode gate : run.path("gates")) {
      String id = gate.path("id").asText();
      JsonNode value = gate.path("value");
      rows.add(
          Arrays.asList(
              id,
              gate.path("outcome").asText(),
              value.isNumber() ? (Object) value.asDouble() : null,
              gate.path("unit").asText(),
              gate.path("pass").asText(),
              gate.path("samples").asLong(),
              gate.path("waiver").isObject() ? gate.path("waiver").path("who").asText() : "-",
              gate.path("reason").asText()));
      if (!gate.path("open").asBoolean()) {
        steps.add(
            new Report.Step(
                Report.Level.ACT,
                ID,
                id + " is shut: " + gate.path("reason").asText(),
                gate.path("mend").asText()));
      }
    }
    if (rows.isEmpty()) {
      throw refused("there is not one gate in it", file);
    }
    String stage = run.path("stage").asText();
    return new GivenSection(
        new Report.SectionResult(
            ID,
            "Release gates, " + stage + ": " + (run.path("go").asBoolean() ? "GO" : "NO-GO"),
            "Judged for " + Cells.text("", asOf.toString()) + " UTC.",
            null,
            List.of(
                new Report.PartResult(
                    "Gates", Section.Show.TABLE, "", List.of(), "none", null, COLUMNS, rows))),
        steps);
  }

  private static CliException refused(String what, Path file) {
    return CliException.usage(
        what, file.toString(), "make it with 'sluice gate run --output json > gates.json'");
  }
}
