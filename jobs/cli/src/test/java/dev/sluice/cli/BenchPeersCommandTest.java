// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The peers answer as the plain consumer does; how fast they are is nobody's assertion. Spark is in
 * no build's tests: {@code sluice bench peers} fetches it, compares it, and fails when it differs.
 */
class BenchPeersCommandTest {
  @TempDir Path directory;

  @Test
  void everyPeerGivesTheSameAnswers() throws Exception {
    assumeBuilt();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int code =
        execute(
            out,
            err,
            "--events",
            "150000",
            "--warm-up",
            "0",
            "--passes",
            "1",
            "--peers",
            "flink,kafka-streams,jet,duckdb",
            "--output",
            "json",
            "--out",
            directory.toString());

    assertThat(err.toString()).doesNotContain("failed").doesNotContain("differs");
    assertThat(code).isEqualTo(ExitCodes.OK);
    JsonNode report = Json.mapper().readTree(out.toString());
    assertThat(report.path("events").asLong()).isEqualTo(150_000);
    assertThat(report.path("answers").asLong()).isEqualTo(29 * 10 * 3);
    assertThat(report.path("kafka_bytes_per_tick").asDouble()).isPositive();
    for (String outcome : List.of("PASS", "BREACH", "NO_DATA")) {
      assertThat(report.path("outcomes").path(outcome).asLong()).as(outcome).isPositive();
    }
    assertThat(report.path("lines")).hasSize(5);
    List<String> peers = new ArrayList<>();
    for (JsonNode line : report.path("lines")) {
      peers.add(line.path("peer").asText());
      assertThat(line.path("status").asText()).as(line.toString()).isEqualTo("SAME");
      assertThat(line.path("ratio_per_core").asDouble()).as(line.toString()).isPositive();
      assertThat(line.path("peak_rss_bytes").asLong()).as(line.toString()).isNotNegative();
    }
    assertThat(peers)
        .containsExactly(
            "plain consumer", "Sluice on Flink", "Kafka Streams", "Hazelcast Jet", "DuckDB, batch");
    assertThat(Json.mapper().readTree(Files.readString(directory.resolve("report.json"))))
        .isEqualTo(report);
  }

  @Test
  void refusesWhatCannotBeMeasured() {
    StringWriter err = new StringWriter();

    assertThat(execute(new StringWriter(), err, "--events", "1000")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--events 1000 is too few to measure: at least 150000");
    assertThat(execute(new StringWriter(), err, "--peers", "flink,storm"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString())
        .contains("no peer `storm`: there are plain,flink,kafka-streams,jet,spark,duckdb");
    assertThat(execute(new StringWriter(), err, "--passes", "0")).isEqualTo(ExitCodes.USAGE);
  }

  private static int execute(StringWriter out, StringWriter err, String... arguments) {
    CommandLine commandLine =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of("bench", "peers"));
    all.addAll(List.of(arguments));
    return commandLine.execute(all.toArray(String[]::new));
  }

  private static void assumeBuilt() {
    boolean built = Files.isDirectory(Home.find().resolve("jobs/peers/target/lib"));
    String missing = "NOT TESTED: the peers, as jobs/peers is not packaged";
    if (!built) {
      System.err.println(missing);
    }
    assumeTrue(built, missing);
  }
}
