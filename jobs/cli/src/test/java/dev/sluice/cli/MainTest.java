// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The words of the command line: help, examples, errors in one line, exit codes. */
class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyCommandHasHelpWithExamples() {
    CommandLine root = Main.commandLine();
    root.getSubcommands()
        .forEach(
            (name, command) -> {
              if (!name.equals("help")) {
                assertThat(command.getUsageMessage()).as(name).contains("Examples:");
              }
            });
    assertThat(sluice("--help")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .contains("demo", "broker", "topics", "jobs", "engine", "control", "query", "Exit codes");
  }

  @Test
  void theVersionNamesWhatItStandsOn() {
    assertThat(sluice("--version")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).startsWith("sluice ").contains("Flink 2.", "Kafka 4.2", "Java ");
  }

  @Test
  void anUnknownOptionIsOneLineAndWrongUse() {
    assertThat(sluice("demo", "--sped", "3")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).contains("--sped", "sluice demo --help");
  }

  @Test
  void aCommandWithoutANameOrAReasonIsRefused() {
    assertThat(sluice("control", "halt", "--engine", "mm-1", "--who", "ana"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--why");
  }

  @Test
  void anUnknownScenarioNamesTheOnesThereAre() {
    assertThat(sluice("demo", "--scenario", "no-such")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("no-such", "soak-72h", "short", "replay", "healthy");
  }

  @Test
  void aScenarioThatCannotBeReadNamesTheKey(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("s.yaml"), "name: s\ndurration: 3h\n");
    assertThat(sluice("demo", "--scenario", file.toString())).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("s.yaml", "durration", "duration");
    assertThat(err.toString().strip().lines()).hasSize(1);
  }

  @Test
  void anOutputDirectoryInUseIsRefused(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("something"), "of somebody");
    assertThat(sluice("demo", "--scenario", "short", "--out", directory.toString()))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("not empty", "--out");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsTheSurroundingsFault() {
    assertThat(sluice("topics", "list", "--bootstrap", "127.0.0.1:1"))
        .isEqualTo(ExitCodes.ENVIRONMENT);
    assertThat(err.toString()).contains("127.0.0.1:1", "sluice broker");
  }

  @Test
  void aMistypedSettingOfTheJobsIsWrongUse() {
    assertThat(sluice("jobs", "--set", "no.such=1")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).contains("unknown setting");
  }

  @Test
  void resumingFromARemoteStoreIsRefusedInOneLine() {
    assertThat(sluice("jobs", "--resume", "--set", "flink.checkpoint.dir=s3://bucket/state"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).contains("--resume", "s3://bucket/state");
  }

  @Test
  void aFreshStartBesideACheckpointIsSaid(@TempDir Path directory) throws Exception {
    StringWriter fresh = new StringWriter();
    JobsCommand.warnOfAFreshStart(new PrintWriter(fresh, true), directory);
    assertThat(fresh.toString()).isEmpty();
    Path checkpoint = Files.createDirectories(directory.resolve("abc").resolve("chk-7"));
    Files.writeString(checkpoint.resolve("_metadata"), "whole");
    JobsCommand.warnOfAFreshStart(new PrintWriter(fresh, true), directory);
    assertThat(fresh.toString().strip().lines()).hasSize(1);
    assertThat(fresh.toString()).contains("starts afresh", "--resume", checkpoint.toString());
  }

  @Test
  void aWrongQueryIsOneLine(@TempDir Path directory) {
    assertThat(sluice("query", "--data", directory.toString(), "SELECT * FROM nothing"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString().strip().lines()).hasSize(1);
  }

  private int sluice(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
