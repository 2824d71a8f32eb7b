// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.bench.TrialBench;
import dev.sluice.bench.TrialReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice bench trial}: the statistics of trials on markets whose truth is known. */
@Command(
    name = "trial",
    description = {
      "How often the statistics of trials promote or roll back for nothing, and how long they need",
      "to see what is there: simulated trials of a week through the job's own analysis, beside a",
      "test with a fixed horizon and the same bound on ticks; two minutes for 1000. Exit code 1",
      "when a share of false decisions is surely above 5 %."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  sluice bench trial", "  sluice bench trial --trials 100 --output json"})
final class BenchTrialCommand implements Callable<Integer> {
  private static final int MOST = 1_000_000;

  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "1000",
      description = "simulated in each row (default: ${DEFAULT-VALUE})")
  private int trials;

  @Override
  public Integer call() {
    if (trials < 1 || trials > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--trials " + trials + " is not within 1 and " + MOST);
    }
    PrintWriter err = spec.commandLine().getErr();
    TrialReport report = TrialBench.run(trials, err::println);
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.println(output.json() ? report.json() : report.text());
    stdout.flush();
    return report.broken().isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
