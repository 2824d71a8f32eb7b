// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Main;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest says what a day consists of, and what became of it since. */
class ManifestCommandTest {
  private static final String DAY = "dataset=ticks/date=2026-01-05/";
  @TempDir Path directory;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() throws Exception {
    file(DAY + "engine=mm-1/part-0.parquet", 1, 60);
    file(DAY + "engine=mm-1/part-1.parquet", 61, 90);
    file("dataset=ticks/date=2026-01-06/engine=mm-1/part-2.parquet", 8641, 8650);
  }

  @Test
  void saysFilesRowsTimesHashesProvenanceAndCoveredHours() throws Exception {
    assertThat(manifest("--date", "2026-01-05")).hasSize(1);
    JsonNode day = Json.mapper().readTree(directory.resolve(DAY + Manifest.NAME).toFile());
    assertThat(day.path("rows").asLong()).isEqualTo(90);
    assertThat(day.path("schemas").get(0).asText()).isEqualTo("tick.v1");
    assertThat(day.path("rows_by_source").path("REPLAY").asLong()).isEqualTo(90);
    assertThat(day.path("covered_hours").path("mm-1").asDouble()).isEqualTo(0.25);
    assertThat(day.path("first_us").asLong()).isEqualTo(1_767_571_200_000_000L);
    assertThat(day.path("last_us").asLong()).isEqualTo(1_767_572_090_000_000L);
    assertThat(day.path("files")).hasSize(2);
    JsonNode part = day.path("files").get(1);
    Path file = directory.resolve(DAY).resolve(part.path("path").asText());
    assertThat(file).exists();
    assertThat(part.path("rows").asLong()).isEqualTo(30);
    assertThat(part.path("bytes").asLong()).isEqualTo(Files.size(file));
    assertThat(part.path("sha256").asText()).isEqualTo(FileHash.of(Files.readAllBytes(file)));
    assertThat(directory.resolve("dataset=ticks/date=2026-01-06").resolve(Manifest.NAME))
        .as("another day's")
        .doesNotExist();
  }

  @Test
  void theSameFilesGiveTheSameManifestAndItsHashIsPrinted() throws Exception {
    List<String> first = manifest();
    byte[] written = Files.readAllBytes(directory.resolve(DAY + Manifest.NAME));
    assertThat(manifest()).isEqualTo(first).contains(FileHash.of(written));
    assertThat(Files.readAllBytes(directory.resolve(DAY + Manifest.NAME))).isEqualTo(written);
  }

  @Test
  void whatIsAsTheManifestHasItPasses() throws Exception {
    manifest();
    ManifestCheck.Result found = check();
    assertThat(found.manifests()).isEqualTo(2);
    assertThat(found.checks()).allSatisfy(check -> assertThat(check.ok()).isTrue());
    assertThat(found.notes()).isEmpty();
  }

  @Test
  void aFileThatIsMissingOrAlteredFails() throws Exception {
    manifest();
    Files.delete(directory.resolve(DAY + "engine=mm-1/part-0.parquet"));
    Files.write(
        directory.resolve(DAY + "engine=mm-1/part-1.parquet"),
        new byte[1],
        StandardOpenOption.APPEND);
    Files.delete(directory.resolve("dataset=ticks/date=2026-01-06/engine=mm-1/part-2.parquet"));
    assertThat(check().checks())
        .hasSize(2)
        .allSatisfy(check -> assertThat(check.ok()).isFalse())
        .anySatisfy(
            check ->
                assertThat(check.reason())
                    .contains("part-0.parquet is missing", "part-1.parquet was altered"))
        .as("a day of which nothing is left")
        .anySatisfy(check -> assertThat(check.reason()).contains("part-2.parquet is missing"));
  }

  @Test
  void aFileThatCameLaterIsNewerAndNoFailure() throws Exception {
    manifest();
    file(DAY + "engine=mm-1/part-9.parquet", 91, 92);
    ManifestCheck.Result found = check();
    assertThat(found.checks()).allSatisfy(check -> assertThat(check.ok()).isTrue());
    assertThat(found.notes()).singleElement().asString().contains("newer than the manifest");
  }

  @Test
  void aManifestThatCannotBeReadFails() throws Exception {
    Files.writeString(directory.resolve(DAY + Manifest.NAME), "{\"dataset\": 1}");
    assertThat(check().checks())
        .singleElement()
        .satisfies(check -> assertThat(check.ok()).isFalse());
  }

  @Test
  void aDayThatIsNotThereIsWrongUse() {
    assertThat(run(new StringWriter(), "manifest", directory.toString(), "--date", "2030-01-01"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("no finished file");
  }

  private ManifestCheck.Result check() throws Exception {
    try (DatasetLocation location = DatasetLocation.of(directory.toString())) {
      return ManifestCheck.of(location.files(), step -> {});
    }
  }

  /** Hashes printed. */
  private List<String> manifest(String... more) throws Exception {
    StringWriter out = new StringWriter();
    List<String> arguments = new java.util.ArrayList<>(List.of("manifest", directory.toString()));
    arguments.addAll(List.of("--output", "json"));
    arguments.addAll(List.of(more));
    assertThat(run(out, arguments.toArray(String[]::new))).as("%s", err).isEqualTo(ExitCodes.OK);
    return Json.mapper().readTree(out.toString()).findValuesAsText("sha256");
  }

  private int run(StringWriter out, String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private void file(String path, int first, int last) throws Exception {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT 'tick.v1' AS schema, 'mm-1' AS engine_id, 'REPLAY' AS source, seq,"
              + " to_timestamp(1767571200 + (seq - 1) * 10) AS event_time_us FROM range("
              + first
              + ", "
              + (last + 1)
              + ") t(seq)) TO '"
              + file
              + "' (FORMAT parquet)");
    }
  }
}
