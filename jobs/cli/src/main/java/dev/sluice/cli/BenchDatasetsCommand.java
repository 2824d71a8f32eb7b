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

/** {@code sluice bench datasets}: writing Parquet beside DuckDB, and typical queries. */
@Command(
    name = "datasets",
    description = {
      "Rows per second of the archive's Parquet writer beside DuckDB's COPY of the same rows, in",
      "pairs, with the sizes of the files; and with --query-rows five typical queries of so many",
      "ticks in DuckDB, with the files and row groups they read. 100000000 ticks need 7 GB."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice bench datasets",
      "  sluice bench datasets --query-rows 100000000 --out /var/tmp/bench --keep"
    })
final class BenchDatasetsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Option(
      names = "--rows",
      defaultValue = "500000",
      description = "ticks and fills written, each (default: ${DEFAULT-VALUE})")
  private int rows;

  @Option(
      names = "--query-rows",
      defaultValue = "0",
      description = "ticks queried; 0 for no queries (default: ${DEFAULT-VALUE})")
  private long queryRows;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "for report.json and the files (default: a temporary one)")
  private Path out;

  @Option(names = "--keep", description = "leave the files where they are")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    if (rows < 1 || queryRows < 0) {
      throw new ParameterException(
          spec.commandLine(), "--rows must be at least 1, and --query-rows at least 0");
    }
    Path directory = out == null ? Files.createTempDirectory("sluice-bench-") : out;
    Files.createDirectories(directory);
    PrintWriter err = spec.commandLine().getErr();
    DatasetReport report;
    try {
      report = DatasetBench.run(new DatasetBench.Options(rows, queryRows, directory), err::println);
    } catch (IllegalStateException e) {
      throw CliException.environment(
          e.getMessage(), directory.toString(), "give --out a directory on a larger disk", e);
    } finally {
      if (!keep) {
        Cleanup.delete(directory.resolve("write"));
        Cleanup.delete(directory.resolve("datasets"));
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
