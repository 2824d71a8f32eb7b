// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sluice.cli.verify.DatasetLocation;
import dev.sluice.cli.verify.ManifestWriter;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice manifest}: says what a day of a dataset consists of. */
@Command(
    name = "manifest",
    description = {
      "Writes _manifest.json beside each day of each dataset: its files with rows, times and SHA-256.",
      "The same files give the same manifest, and its SHA-256 is printed, so that a dataset can be",
      "cited; `sluice verify` compares the files with it. Write it when a day is over and compacted."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice manifest out/demo-1/datasets",
      "  sluice manifest s3://archive/datasets --date 2026-01-05 --dataset ticks"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written",
      "2:wrong use, or no such dataset or day",
      "3:the surroundings failed (disk, object store)"
    })
final class ManifestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "DIR|URI", description = "the datasets")
  private String where;

  @Option(names = "--date", description = "this day only, such as 2026-01-05")
  private LocalDate date;

  @Option(names = "--dataset", paramLabel = "NAME", description = "this dataset only")
  private String dataset;

  @Override
  public Integer call() throws IOException {
    List<ManifestWriter.Written> written;
    try (DatasetLocation location = DatasetLocation.of(where)) {
      written =
          new ManifestWriter(
                  location, Version.own(), VerifyCommand.progress(spec.commandLine().getErr()))
              .write(dataset, date == null ? null : date.toString());
    }
    if (written.isEmpty()) {
      throw CliException.usage(
          "no finished file of such a dataset and day", where, "'sluice query' lists the datasets");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(output.json() ? json(written) + "\n" : text(written));
    out.flush();
    return ExitCodes.OK;
  }

  private static String text(List<ManifestWriter.Written> written) {
    TextTable table = new TextTable("manifest", "files", "rows", "MB", "sha256");
    for (ManifestWriter.Written each : written) {
      table.row(
          each.path(),
          Integer.toString(each.manifest().files().size()),
          String.format(Locale.ROOT, "%,d", each.manifest().rows()),
          String.format(Locale.ROOT, "%.2f", each.manifest().bytes() / 1e6),
          each.manifest().sha256());
    }
    return table.render();
  }

  private static String json(List<ManifestWriter.Written> written) throws JsonProcessingException {
    ArrayNode all = Json.mapper().createArrayNode();
    for (ManifestWriter.Written each : written) {
      all.addObject()
          .put("path", each.path())
          .put("sha256", each.manifest().sha256())
          .put("rows", each.manifest().rows())
          .put("bytes", each.manifest().bytes())
          .put("files", each.manifest().files().size());
    }
    return Json.mapper().writeValueAsString(all);
  }
}
