// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.bench.DatasetBench;
import dev.sluice.bench.DatasetReport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice bench datasets}: the event store beside DuckDB. */
@Command(
    name = "datasets",
    description = {
      "How fast the event store writes ticks, beside DuckDB's COPY of the same rows, with the sizes",
      "of the files; with --query-rows also how fast DuckDB answers five questions from a store of",
      "so many ticks, and what it had to read for it. Engines at full speed make the ticks."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice bench datasets",
      "  sluice bench datasets --write-rows 0 --query-rows 100000000 --out /var/tmp/store --keep"
    })
final class BenchDatasetsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Option(
      names = "--write-rows",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "ticks each side writes, three times (default: ${DEFAULT-VALUE})")
  private long writeRows;

  @Option(
      names = "--query-rows",
      paramLabel = "N",
      defaultValue = "0",
      description = "ticks in the store that is asked (default: ${DEFAULT-VALUE}, which asks none)")
  private long queryRows;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "for report.json and the files (default: a temporary one)")
  private Path out;

  @Option(
      names = "--keep",
      description = "keeps the store in --out; a store that is there is asked again, not made anew")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    if (writeRows < 0 || queryRows < 0 || writeRows + queryRows == 0) {
      throw new ParameterException(
          spec.commandLine(), "--write-rows and --query-rows: at least one above 0, none below");
    }
    Path directory = out == null ? Files.createTempDirectory("sluice-bench-") : out;
    Files.createDirectories(directory);
    Logs.toFile(directory.resolve("bench.log"));
    PrintWriter err = spec.commandLine().getErr();
    DatasetReport report;
    try {
      report =
          DatasetBench.run(
              new DatasetBench.Options(writeRows, queryRows, Home.config("sluice.yaml"), directory),
              line -> {
                err.println(line);
                err.flush();
              });
    } catch (IllegalStateException e) {
      throw CliException.environment(
          e.getMessage(), directory.toString(), "make room, or ask for fewer rows", e);
    } finally {
      if (!keep) {
        Cleanup.delete(directory.resolve("store"));
      }
    }
    Path json = directory.resolve("report.json");
    Files.writeString(json, report.json() + "\n");
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.println(
        output.json() ? report.json() : report.text().stripTrailing() + "\nas JSON: " + json);
    stdout.flush();
    return ExitCodes.OK;
  }
}
