// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.bench.SoakBench;
import dev.sluice.bench.SoakReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice bench soak}: memory under a steady load. */
@Command(
    name = "soak",
    description = {
      "Whether memory stays flat: all jobs under a steady load, heap after collection and resident",
      "memory sampled once the longest windows are full, with the slope and its interval. Exit code",
      "1 when the heap surely grows."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  sluice bench soak", "  sluice bench soak --seconds 3600 --output json"})
final class BenchSoakCommand extends BenchCommand.Measurement {
  @Spec private CommandSpec spec;

  @Option(
      names = "--seconds",
      defaultValue = "600",
      description = "sampled (default: ${DEFAULT-VALUE})")
  private long seconds;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "between samples (default: ${DEFAULT-VALUE})")
  private long every;

  @Option(
      names = "--engines",
      defaultValue = "20",
      description = "that publish five ticks a second of event time (default: ${DEFAULT-VALUE})")
  private int engines;

  @Option(
      names = "--speed",
      defaultValue = "100",
      description = "seconds of event time in one second (default: ${DEFAULT-VALUE})")
  private int speed;

  @Override
  Report measure(String bootstrap, Path directory, PrintWriter progress) throws Exception {
    if (seconds < 1 || every < 1 || engines < 1 || speed < 1) {
      throw new ParameterException(
          spec.commandLine(), "--seconds, --every, --engines and --speed: at least 1");
    }
    SoakReport report =
        SoakBench.run(
            new SoakBench.Options(
                bootstrap, engines, speed, seconds, every, Home.config("sluice.yaml"), directory),
            line -> {
              progress.println(line);
              progress.flush();
            });
    return new Report(
        report.text(),
        report.json(),
        report.heap().word() == SoakReport.Word.GROWS ? ExitCodes.FAILED : ExitCodes.OK);
  }
}
