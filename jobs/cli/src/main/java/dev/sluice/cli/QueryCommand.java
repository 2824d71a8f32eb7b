// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.dataset.Rows;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice query SQL}: DuckDB over the datasets, one view per dataset. */
@Command(
    name = "query",
    description = "Runs a DuckDB query over the Parquet datasets; one view per dataset.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice query                                       lists the datasets",
      "  sluice query \"SELECT liquidity, count(*) FROM fills GROUP BY ALL\"",
      "  sluice query --data out/demo-1/datasets --output json \"SELECT * FROM decisions\""
    })
final class QueryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Option(
      names = {"--data", "--dir"},
      paramLabel = "DIR",
      description = "directory of the datasets (default: those of the newest ./out/demo-*)")
  private Path data;

  @Option(
      names = "--limit",
      defaultValue = "100",
      description = "rows printed as text (default: ${DEFAULT-VALUE})")
  private int limit;

  @Parameters(arity = "0..1", paramLabel = "SQL", description = "the query")
  private String sql;

  @Override
  public Integer call() throws IOException {
    Path directory = data == null ? newest() : data;
    if (!Files.isDirectory(directory)) {
      throw CliException.usage(
          "no such directory", directory.toString(), "give --data the datasets directory of a run");
    }
    try (Datasets datasets = new Datasets(directory)) {
      print(sql == null ? overview(datasets) : datasets.query(sql));
      return ExitCodes.OK;
    } catch (IllegalArgumentException e) {
      throw CliException.usage(
          e.getMessage(), directory.toString(), "'sluice query' without SQL lists the datasets");
    }
  }

  private void print(Rows rows) throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(Json.mapper().writeValueAsString(rows.maps()));
    } else {
      out.print(rows.text(limit));
    }
    out.flush();
  }

  private static Rows overview(Datasets datasets) {
    return new Rows(
        java.util.List.of("dataset", "rows", "path"),
        datasets.views().entrySet().stream()
            .sorted(java.util.Map.Entry.comparingByKey())
            .map(
                e ->
                    java.util.List.<Object>of(
                        e.getKey(), datasets.rows(e.getKey()), e.getValue().toString()))
            .toList());
  }

  private static Path newest() throws IOException {
    Path out = Path.of("out");
    if (Files.isDirectory(out)) {
      try (Stream<Path> runs = Files.list(out)) {
        Optional<Path> newest =
            runs.map(run -> run.resolve("datasets"))
                .filter(Files::isDirectory)
                .max(Comparator.comparing(d -> d.getParent().toFile().lastModified()));
        if (newest.isPresent()) {
          return newest.get();
        }
      }
    }
    throw CliException.usage(
        "no run found in ./out",
        out.toAbsolutePath().toString(),
        "run 'sluice demo', or give --data DIR");
  }
}
