// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.bench.ScaleBench;
import dev.sluice.bench.ScaleReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice bench scale}: cost of an event and state, over engines and criteria. */
@Command(
    name = "scale",
    description = {
      "What an event costs the buckets and the stop criteria (core microseconds), what state they",
      "keep for an engine and how large a checkpoint is, over the number of engines and of criteria,",
      "with the slopes; some minutes."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice bench scale --output json",
      "  sluice bench scale --engines 1,1000 --criteria 1,50 --passes 5"
    })
final class BenchScaleCommand extends BenchCommand.Measurement {
  private static final int MOST = 10_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--events",
      defaultValue = "500000",
      description = "ticks of each row, at the least (default: ${DEFAULT-VALUE})")
  private long events;

  @Option(
      names = "--engines",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,10,100,1000,10000",
      description = "a row for each (default: ${DEFAULT-VALUE})")
  private List<Integer> engines;

  @Option(
      names = "--criteria",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,5,20,50",
      description = "a row for each (default: ${DEFAULT-VALUE})")
  private List<Integer> criteria;

  @Option(
      names = "--passes",
      defaultValue = "3",
      description = "of each row, after one that warms up; the median counts (${DEFAULT-VALUE})")
  private int passes;

  @Override
  Report measure(String bootstrap, Path directory, PrintWriter progress) throws Exception {
    require("--events", events >= 1);
    require("--passes", passes >= 1);
    require("--engines", engines.stream().allMatch(count -> count >= 1 && count <= MOST));
    require("--criteria", criteria.stream().allMatch(count -> count >= 1 && count <= MOST));
    ScaleReport report =
        ScaleBench.run(
            new ScaleBench.Options(
                bootstrap,
                events,
                engines,
                criteria,
                passes,
                Home.config("sluice.yaml"),
                directory),
            progress::println);
    return new Report(report.text(), report.json());
  }

  private void require(String option, boolean holds) {
    if (!holds) {
      throw new ParameterException(
          spec.commandLine(), option + ": at least 1, of engines and criteria at most " + MOST);
    }
  }
}
