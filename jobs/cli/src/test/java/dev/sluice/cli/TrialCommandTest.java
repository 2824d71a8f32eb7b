// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.dataset.Parquet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words of {@code sluice trial}: options, exit codes, and its page from a dataset. */
class TrialCommandTest {
  private static final String STORED =
      """
      SELECT 'trial_status.v1' AS schema, 'mm-1' AS engine_id, 'wider' AS trial_id,
             'sha256:1' AS plan_hash, '10' AS stage, 0.1::DOUBLE AS treatment_share,
             make_timestamptz(1767571260000000) AS event_time_us, 'SIMULATED' AS source,
             make_timestamptz(1767571200000000) AS stage_since_us, 60000 AS covered_ms,
             7200000 AS dwell_ms, 9::BIGINT AS slots_a, 1::BIGINT AS slots_b,
             NULL::DOUBLE AS sample_ratio_p, [] AS deltas, 'HOLD' AS wish, 'NO_DATA' AS outcome,
             'needs 1h59m more covered time' AS reason""";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aStartWithoutATrialAReasonOrANameIsRefused() {
    assertThat(sluice("trial", "start", "--engine", "mm-1", "--who", "ana", "--why", "new"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--trial");
    assertThat(sluice("trial", "promote", "--engine", "mm-1", "--who", "ana"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--why");
    assertThat(sluice("trial", "rollback", "--engine", "mm-1", "--who", " ", "--why", "x"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("audit log");
  }

  @Test
  void everySubcommandHasExamples() {
    Main.commandLine()
        .getSubcommands()
        .get("trial")
        .getSubcommands()
        .forEach(
            (name, command) ->
                assertThat(command.getUsageMessage()).as(name).contains("Examples:"));
  }

  @Test
  void aBrokerThatDoesNotAnswerIsTheSurroundingsFault() {
    assertThat(sluice("trial", "status", "--bootstrap", "127.0.0.1:1"))
        .isEqualTo(ExitCodes.ENVIRONMENT);
    assertThat(err.toString()).contains("127.0.0.1:1", "sluice broker");
  }

  @Test
  void aPageIsWrittenFromTheDatasetsOfARun(@TempDir Path directory) throws Exception {
    Parquet.write(directory, "trials", STORED);
    Path page = directory.resolve("page.html");
    assertThat(sluice("trial", "report", "--data", directory.toString(), "--out", page.toString()))
        .as(err.toString())
        .isEqualTo(ExitCodes.OK);
    assertThat(Files.readString(page)).contains("needs 1h59m more covered time", "wider at mm-1");
    assertThat(out.toString()).contains("page.html", "1 words on wider");
  }

  @Test
  void aTrialNobodySpokeOfIsNoPage(@TempDir Path directory) {
    Parquet.write(directory, "trials", STORED);
    assertThat(sluice("trial", "report", "--data", directory.toString(), "--trial", "other"))
        .isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString()).contains("nothing was said of such a trial", "wider");
  }

  @Test
  void theNameOfThePageIsNoPath() {
    assertThat(TrialCommand.Report.fileName("../../etc/x y")).isEqualTo("trial-.._.._etc_x_y.html");
  }

  private int sluice(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
