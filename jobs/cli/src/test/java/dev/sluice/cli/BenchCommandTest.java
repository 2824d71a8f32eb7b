// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The measurements run and report; how fast this machine is, is nobody's assertion. */
class BenchCommandTest {
  @TempDir Path directory;

  @Test
  void latencyReportsHaltsBesideAnEcho() throws Exception {
    JsonNode report = measured("latency", "--halts", "20", "--warm-up", "5");

    assertThat(report.path("halts").asInt()).isEqualTo(20);
    assertThat(report.path("ratio_p50").asDouble()).isPositive();
    assertThat(report.path("ratio_p99").asDouble()).isPositive();
    assertThat(report.path("effective").path("p50_ms").asDouble())
        .isGreaterThanOrEqualTo(report.path("applied").path("p50_ms").asDouble());
    assertThat(report.path("echo").path("p50_ms").asDouble()).isPositive();
  }

  @Test
  void latencyOfACapIsMeasuredFromTheFillThatBreachesIt() throws Exception {
    JsonNode report = measured("latency", "--path", "cap", "--halts", "10", "--warm-up", "3");

    assertThat(report.path("path").asText()).isEqualTo("cap");
    assertThat(report.path("halts").asInt()).isEqualTo(10);
    assertThat(report.path("ratio_p50").asDouble()).isPositive();
  }

  @Test
  void throughputReportsTheJobsBesideAPlainConsumer() throws Exception {
    JsonNode report =
        measured(
            "throughput",
            "--events",
            "150000",
            "--order-events",
            "60000",
            "--warm-up",
            "0",
            "--passes",
            "1");

    assertThat(report.path("ratio_per_core").asDouble()).isPositive();
    assertThat(report.path("naive_ratio_per_core").asDouble()).isPositive();
    assertThat(report.path("events").asLong()).isEqualTo(150_000);
    assertThat(report.path("lines")).hasSize(4);
    for (JsonNode line : report.path("lines")) {
      assertThat(line.path("ratio_per_core").asDouble()).as(line.toString()).isPositive();
      assertThat(line.path("state_bytes_per_engine").asDouble()).as(line.toString()).isPositive();
    }
  }

  @Test
  void scaleReportsCostAndStateOverEnginesAndCriteria() throws Exception {
    JsonNode report =
        measured("scale", "--events", "1", "--engines", "1,20", "--criteria", "3", "--passes", "1");

    assertThat(report.path("engines")).hasSize(2);
    assertThat(report.path("criteria")).hasSize(1);
    for (JsonNode row : report.path("engines")) {
      assertThat(row.path("us_per_event").asDouble()).as(row.toString()).isPositive();
      assertThat(row.path("late_ratio").asDouble()).as(row.toString()).isBetween(0.0, 1.0);
      assertThat(row.path("state_bytes_per_engine").asDouble()).as(row.toString()).isPositive();
    }
    assertThat(report.path("us_per_tenfold_engines").path("slope").isNumber()).isTrue();
    assertThat(report.path("engine_cost_ratio").asDouble()).isPositive();
  }

  @Test
  void soakReportsATrendOfMemoryWithItsInterval() throws Exception {
    JsonNode report =
        measured(
            BenchCommandTest::ofGrowth,
            "soak",
            "--seconds",
            "4",
            "--every",
            "1",
            "--engines",
            "2",
            "--speed",
            "4000");

    assertThat(report.path("samples")).hasSize(5);
    assertThat(report.path("checkpoint_bytes").asLong()).isPositive();
    JsonNode heap = report.path("heap");
    assertThat(heap.path("median_bytes").asDouble()).isPositive();
    assertThat(heap.path("bytes_per_s").path("low").asDouble())
        .isLessThanOrEqualTo(heap.path("bytes_per_s").path("high").asDouble());
  }

  @Test
  void datasetsReportsTheStoreBesideDuckDbAndWhatQuestionsRead() throws Exception {
    JsonNode report = measured("datasets", "--write-rows", "3000", "--query-rows", "20000");

    JsonNode write = report.path("write");
    assertThat(write.path("rows").asLong()).isEqualTo(3_000);
    assertThat(write.path("ratio_per_core").asDouble()).isPositive();
    assertThat(write.path("store_bytes_per_row").asDouble()).isPositive();
    assertThat(write.path("copy_bytes_per_row").asDouble()).isPositive();
    assertThat(report.path("ask").path("rows").asLong()).isEqualTo(20_000);
    assertThat(report.path("ask").path("queries")).hasSize(5);
    for (JsonNode query : report.path("ask").path("queries")) {
      assertThat(query.path("rows_read").asLong())
          .as(query.toString())
          .isPositive()
          .isGreaterThanOrEqualTo(query.path("rows_wanted").asLong());
    }
    assertThat(directory.resolve("store")).doesNotExist();
  }

  @Test
  void trialReportsWhatTheStatisticsDoWhereTheTruthIsKnown() throws Exception {
    StringWriter out = new StringWriter();
    CommandLine commandLine =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(new StringWriter()));

    assertThat(commandLine.execute("bench", "trial", "--trials", "2", "--output", "json"))
        .isEqualTo(ExitCodes.OK);
    JsonNode report = Json.mapper().readTree(out.toString());
    assertThat(report.path("trials").asInt()).isEqualTo(2);
    assertThat(report.path("no_effect")).hasSize(6);
    assertThat(report.path("effect")).hasSize(4);
    assertThat(report.path("harm")).hasSize(2);
  }

  @Test
  void trialRefusesNoTrials() {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine().setErr(new PrintWriter(err));

    assertThat(commandLine.execute("bench", "trial", "--trials", "0")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--trials 0 is not within 1 and 1000000");
  }

  private JsonNode measured(String... arguments) throws Exception {
    return measured(report -> ExitCodes.OK, arguments);
  }

  /** Four seconds after a start memory may well grow; the command then says so. */
  private static int ofGrowth(JsonNode report) {
    boolean grows = report.path("heap").path("word").asText().equals("GROWS");
    return grows ? ExitCodes.FAILED : ExitCodes.OK;
  }

  /** The report, after a look at whether the exit code is the one that follows from it. */
  private JsonNode measured(ToIntFunction<JsonNode> exitCode, String... arguments)
      throws Exception {
    StringWriter out = new StringWriter();
    CommandLine commandLine = Main.commandLine().setOut(new PrintWriter(out));
    String[] all = new String[arguments.length + 5];
    all[0] = "bench";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    System.arraycopy(
        new String[] {"--output", "json", "--out", directory.toString()},
        0,
        all,
        arguments.length + 1,
        4);
    int exit = commandLine.execute(all);
    JsonNode printed = Json.mapper().readTree(out.toString());
    assertThat(exit).as(out.toString()).isEqualTo(exitCode.applyAsInt(printed));
    assertThat(Json.mapper().readTree(Files.readString(directory.resolve("report.json"))))
        .isEqualTo(printed);
    return printed;
  }
}
