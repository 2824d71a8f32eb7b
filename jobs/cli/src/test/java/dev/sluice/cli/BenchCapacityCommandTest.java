// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

/** The command adds nothing to the arithmetic but where its constants come from. */
class BenchCapacityCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path directory;

  @Test
  void tellsCoresFromReportsAndArguments() throws Exception {
    Path report = directory.resolve("throughput.json");
    Files.writeString(
        report,
        """
        {"jobs": {"events_per_core_s": 200000}, "lines": []}
        """);
    Path datasets = directory.resolve("datasets.json");
    Files.writeString(
        datasets,
        """
        {"write": {"store": {"events_per_core_s": 100000}, "store_bytes_per_row": 20}}
        """);

    assertThat(
            execute("--from", report.toString(), "--from", datasets.toString(), "--output", "json"))
        .isEqualTo(ExitCodes.OK);
    JsonNode plan = Json.mapper().readTree(out.toString());
    // (5 + 10) µs · 10⁶ ticks/s, half of each core
    assertThat(plan.path("cores_used").asDouble()).isEqualTo(15.0, within(1e-9));
    assertThat(plan.path("cores").asLong()).isEqualTo(30);
    assertThat(plan.path("task_managers").asLong()).isEqualTo(8);
    assertThat(plan.path("constants").path("judge_us_per_tick").path("provenance").asText())
        .contains(report.toString());
  }

  @Test
  void aCostGivenByHandWins() throws Exception {
    assertThat(execute("--core-us-per-tick", "2.5", "--engines", "10")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).contains("judge_us_per_tick", "2.50", "--core-us-per-tick");
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    Path other = directory.resolve("other.json");
    Files.writeString(other, "{}");

    assertThat(execute("--utilisation", "1")).isEqualTo(ExitCodes.USAGE);
    assertThat(execute("--from", other.toString())).isEqualTo(ExitCodes.USAGE);
    assertThat(execute("--from", directory.resolve("none.json").toString()))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString())
        .contains("utilisation 1.0")
        .contains("other.json is no report.json")
        .contains("none.json");
  }

  private int execute(String... arguments) {
    List<String> all = new ArrayList<>(List.of("bench", "capacity"));
    all.addAll(List.of(arguments));
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }
}
