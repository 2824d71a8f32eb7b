// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.engine.app.EngineMain;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code sluice}: parses, runs one command, and ends with its exit code (see {@link ExitCodes}).
 */
@Command(
    name = "sluice",
    description = {
      "Judges, continuously, whether a trading engine may run,",
      "and stops it within milliseconds when it may not.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      BrokerCommand.class,
      TopicsCommand.class,
      JobsCommand.class,
      ClusterCommand.class,
      VenueCommand.class,
      ControlCommand.class,
      CriteriaCommand.class,
      TrialCommand.class,
      FlagsCommand.class,
      AuditCommand.class,
      GateCommand.class,
      PromoteCommand.class,
      QueryCommand.class,
      VerifyCommand.class,
      ManifestCommand.class,
      CalibrateCommand.class,
      ReplayCommand.class,
      BaselineCommand.class,
      NotifyCommand.class,
      ReportCommand.class,
      NotebookCommand.class,
      DrillCommand.class,
      BenchCommand.class,
      HelpCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice demo                       72 hours of soak in minutes",
      "  sluice broker --port 9092         a Kafka broker of your own",
      "  sluice jobs --bootstrap HOST:PORT the judge, against any Kafka",
      "  sluice cluster start              a Flink cluster of real processes",
      "  sluice venue                      the paper exchange as a process of its own",
      "  sluice control status             what every engine is told, and does"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, and every expectation held",
      "1:it ran, and an expectation failed",
      "2:wrong use or configuration; datasets that are not complete",
      "3:the surroundings failed (broker, disk, child process)"
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs {@code sluice} and ends the JVM with the command's exit code. */
  public static void main(String[] arguments) {
    System.exit(
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments));
  }

  /**
   * Runs one command in this JVM.
   *
   * @param out for results
   * @param err for progress and errors
   * @return one of {@link ExitCodes}
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    Logs.quiet();
    CommandLine line = commandLine();
    line.setOut(out);
    line.setErr(err);
    return line.execute(arguments);
  }

  /** The command line with its reading rules. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand("engine", EngineMain.commandLine());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler(Main::wrongUse);
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> failed(exception, command.getErr()));
    return line;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int wrongUse(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    command
        .getErr()
        .println(
            "sluice: "
                + oneLine(exception)
                + " (try '"
                + command.getCommandSpec().qualifiedName()
                + " --help')");
    return ExitCodes.USAGE;
  }

  private static int failed(Exception exception, PrintWriter err) {
    err.println("sluice: " + oneLine(exception));
    if (System.getProperty("sluice.debug") != null) {
      exception.printStackTrace(err);
    }
    if (exception instanceof CliException known) {
      return known.exitCode();
    }
    return ExitCodes.of(exception);
  }

  private static String oneLine(Throwable exception) {
    String message = exception.getMessage();
    return (message == null ? exception.toString() : message).replaceAll("\\s*\\R\\s*", " ");
  }
}
