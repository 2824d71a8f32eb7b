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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small Parquet, something wrong with it, and what verify says. */
class VerifyCommandTest {
  @TempDir Path directory;
  private SmallArchive archive;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() {
    archive = new SmallArchive(directory).whole();
  }

  @Test
  void whatIsWholeIsComplete() throws Exception {
    JsonNode found = verify(ExitCodes.OK);
    assertThat(found.path("complete").asBoolean()).as(found.toString()).isTrue();
    assertThat(failures(found)).isEmpty();
    assertThat(stream(found, "ticks").path("stored").asLong()).isEqualTo(720);
    assertThat(stream(found, "dropcopy").path("said").asLong()).isEqualTo(120);
    assertThat(found.path("late").path("mm-1").asLong()).isEqualTo(3);
    assertThat(found.path("rows_by_source").path("ticks").path("SIMULATED").asLong())
        .isEqualTo(720);
    assertThat(err.toString()).as("progress").contains("counting the streams");
  }

  @Test
  void twentyFourHoursAreWantedUnlessSaidOtherwise() throws Exception {
    StringWriter out = new StringWriter();
    assertThat(run(out, "verify", directory.toString())).isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(out.toString()).startsWith("stream").contains("FAIL     covered", "24h wanted");
  }

  @Test
  void aHoleInTheNumbersAloneWasLostBeforeTheArchive() throws Exception {
    archive.write(
        "ticks",
        "SELECT * REPLACE (row_number() OVER (ORDER BY seq) - 1 AS _offset) FROM '"
            + directory
            + "/dataset=ticks/all.parquet' WHERE seq NOT BETWEEN 101 AND 110");
    JsonNode found = verify(ExitCodes.NOT_COMPLETE);
    assertThat(failures(found))
        .singleElement()
        .asString()
        .contains("count_delta", "10 missing (101-110 between", "lost before the archive");
    assertThat(stream(found, "ticks").path("missing").get(0).path("after_us").asLong())
        .isEqualTo(1_767_571_200_000_000L + 110 * 10_000_000L);
    verify(ExitCodes.OK, "--count-delta", "10");
  }

  @Test
  void aHoleInTheOffsetsWasLostByTheArchive() throws Exception {
    archive.ticks("seq NOT BETWEEN 101 AND 110");
    assertThat(failures(verify(ExitCodes.NOT_COMPLETE)))
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("up to 10 of them were lost by the archive"))
        .anySatisfy(line -> assertThat(line).contains("10 lost by the archive (100-109)"));
  }

  @Test
  void anOffsetThatIsADeadLetterIsNotLost() throws Exception {
    archive.ticks("seq <> 101");
    assertThat(failures(verify(ExitCodes.NOT_COMPLETE))).hasSize(1);
    archive.write(
        "deadletters",
        "SELECT 'sluice.ticks.v1' AS topic, 0 AS partition, 100::BIGINT AS \"offset\", 'MALFORMED' AS kind");
    JsonNode found = verify(ExitCodes.OK);
    assertThat(found.path("dead_letters").path("sluice.ticks.v1 MALFORMED").asLong()).isEqualTo(1);
  }

  @Test
  void anOffsetTwiceIsTheArchivesAndANumberTwiceTheEngines() throws Exception {
    archive.write("fills", again("fills", "_offset + 120"));
    JsonNode repeated = verify(ExitCodes.OK);
    assertThat(stream(repeated, "fills").path("duplicates").asLong()).isEqualTo(120);

    archive.fills("TRUE", "'c-' || seq").write("fills", again("fills", "_offset"));
    assertThat(failures(verify(ExitCodes.NOT_COMPLETE)))
        .singleElement()
        .asString()
        .contains("stored_twice", "120 rows repeat an offset");
  }

  @Test
  void withoutHeartbeatsNobodySaysHowManyWereSent() throws Exception {
    delete("health");
    assertThat(failures(verify(ExitCodes.NOT_COMPLETE)))
        .anySatisfy(line -> assertThat(line).startsWith("NO_DATA").contains("ticks of mm-1"))
        .noneSatisfy(line -> assertThat(line).startsWith("PASS"));
  }

  @Test
  void aWholeDatasetThatIsNotThereIsMissed() throws Exception {
    delete("orders");
    assertThat(failures(verify(ExitCodes.NOT_COMPLETE)))
        .anySatisfy(line -> assertThat(line).contains("120 sent (its heartbeats), 0 stored"))
        .anySatisfy(line -> assertThat(line).contains("client_order_id is an order: 120 of 120"));
  }

  @Test
  void anIdleBusCoversNothing() throws Exception {
    archive.ticks("seq <= 360").health("TRUE", "least(seq, 360)");
    assertThat(failures(verify(ExitCodes.NOT_COMPLETE)))
        .singleElement()
        .asString()
        .contains("covered", "before the end");
    verify(ExitCodes.OK, "--covered", "1h", "--until", "2026-01-05T01:00:00Z");
  }

  @Test
  void aSpanIsJudgedByTheHeartbeatsOfTheSpan() throws Exception {
    archive.ticks("seq NOT BETWEEN 101 AND 110");
    JsonNode found =
        verify(
            ExitCodes.NOT_COMPLETE,
            "--since",
            "2026-01-05T01:00:00Z",
            "--until",
            "2026-01-05T01:30:00Z",
            "--covered",
            "30m");
    assertThat(failures(found)).as("the offsets are those of the whole topic").hasSize(1);
    assertThat(stream(found, "ticks").path("stored").asLong()).isEqualTo(180);
    assertThat(stream(found, "ticks").path("count_delta").asLong()).isZero();
  }

  @Test
  void anEngineThatIsNotThereIsNoData() throws Exception {
    verify(ExitCodes.OK, "--engine", "mm-1");
    assertThat(failures(verify(ExitCodes.NOT_COMPLETE, "--engine", "mm-2")))
        .singleElement()
        .asString()
        .startsWith("NO_DATA streams");
  }

  @Test
  void brokenLinksAreNamed() throws Exception {
    archive.fills("TRUE", "'x-' || seq").acks("'d-9'").decisions("'v-9'");
    assertThat(failures(verify(ExitCodes.NOT_COMPLETE)))
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("fill's client_order_id", "x-1"))
        .anySatisfy(line -> assertThat(line).contains("ack's decision_id", "d-9"))
        .anySatisfy(line -> assertThat(line).contains("cause of a decision", "v-9"));
  }

  @Test
  void aFileThatCannotBeReadIsNotComplete() throws Exception {
    Files.writeString(
        directory.resolve("dataset=fills/all.parquet"),
        "no Parquet",
        StandardOpenOption.TRUNCATE_EXISTING);
    assertThat(failures(verify(ExitCodes.NOT_COMPLETE)))
        .singleElement()
        .asString()
        .contains("readable", "all.parquet");
  }

  @Test
  void anEmptyDirectoryProvesNothing(@TempDir Path empty) {
    StringWriter out = new StringWriter();
    assertThat(run(out, "verify", empty.toString())).isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(out.toString()).contains("NO_DATA", "NOT COMPLETE");
  }

  @Test
  void aDirectoryThatIsNotThereIsWrongUseInOneLine() {
    StringWriter out = new StringWriter();
    assertThat(run(out, "verify", directory.resolve("nowhere").toString()))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().strip().lines()).hasSize(1);
  }

  private String again(String dataset, String offset) {
    String file = "'" + directory + "/dataset=" + dataset + "/all.parquet'";
    return "SELECT * FROM "
        + file
        + " UNION ALL BY NAME SELECT * REPLACE ("
        + offset
        + " AS _offset) FROM "
        + file;
  }

  private void delete(String dataset) throws Exception {
    Files.delete(directory.resolve("dataset=" + dataset + "/all.parquet"));
  }

  private JsonNode verify(int expected, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("verify", directory.toString(), "--output", "json"));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--covered")) {
      arguments.addAll(List.of("--covered", "1h"));
    }
    StringWriter out = new StringWriter();
    int code = run(out, arguments.toArray(String[]::new));
    assertThat(code).as("%s%n%s", err, out).isEqualTo(expected);
    return Json.mapper().readTree(out.toString());
  }

  private int run(StringWriter out, String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private static List<String> failures(JsonNode found) {
    List<String> lines = new ArrayList<>();
    for (JsonNode check : found.path("checks")) {
      if (!check.path("result").asText().equals("PASS")) {
        lines.add(
            check.path("result").asText()
                + " "
                + check.path("name").asText()
                + " "
                + check.path("reason").asText());
      }
    }
    return lines;
  }

  private static JsonNode stream(JsonNode found, String name) {
    for (JsonNode stream : found.path("streams")) {
      if (stream.path("stream").asText().equals(name)) {
        return stream;
      }
    }
    throw new AssertionError("no stream " + name + " in " + found);
  }
}
