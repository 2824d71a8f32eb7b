// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.demo.DemoOptions;
import dev.sluice.cli.demo.DemoReport;
import dev.sluice.cli.demo.DemoRun;
import dev.sluice.cli.demo.ScenarioFile;
import dev.sluice.cli.process.ShutdownHook;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.text.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice demo}: everything at once, on this machine, and whether it went as it must. */
@Command(
    name = "demo",
    description = {
      "Plays a scenario: a Kafka broker, the judge on Flink and a paper-trading engine,",
      "faults at set times, and a reckoning of what was decided, when, and how fast it was obeyed."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice demo                                72 hours of soak with nine faults",
      "  sluice demo --scenario short               a few hours, half a minute",
      "  sluice demo --data captures/*.gz           real market data instead of the simulated book",
      "  sluice demo --output json > report.json    progress stays on standard error"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every expected decision came within one bucket of its due time, every expected finding"
          + " once, and no other",
      "1:a decision or finding missing, late or unexpected, a job restart, rows lost",
      "2:wrong use, or a scenario that cannot be read",
      "3:a process died, or the surroundings failed"
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Option(
      names = "--scenario",
      paramLabel = "NAME|FILE",
      description = "a file, or a name in config/scenarios (default: soak-72h; replay with --data)")
  private String scenario;

  @Option(
      names = "--data",
      arity = "1..*",
      paramLabel = "FILE",
      description = "replay these market-data captures instead of the simulated book")
  private List<Path> data = List.of();

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "0",
      description = "event time per wall-clock time at most (default: as fast as the lease allows)")
  private double speed;

  @Option(
      names = "--duration",
      description = "ends earlier, such as 6h; faults that would not end in time are left out")
  private String duration;

  @Option(
      names = "--seed",
      description = "another seed for the simulated market (default: the scenario's)")
  private Long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "directory for datasets, logs and report (default: ./out/demo-<time>)")
  private Path out;

  @Option(names = "--keep", description = "keeps the broker's data and the checkpoints too")
  private boolean keep;

  @Parameters(hidden = true, arity = "0..*")
  private List<String> stray = List.of();

  @Override
  public Integer call() throws IOException {
    if (!stray.isEmpty()) {
      throw CliException.usage("unexpected argument " + stray.get(0), "demo", "try --help");
    }
    DemoOptions options = options();
    Logs.toFile(options.out().resolve("logs").resolve("demo.log"));
    PrintWriter err = spec.commandLine().getErr();
    DemoReport report;
    DemoRun run = new DemoRun(options, err);
    try (var hook = new ShutdownHook("demo-shutdown", run::close);
        run) {
      report = run.run();
    }
    Files.writeString(options.out().resolve("report.json"), report.json());
    PrintWriter result = spec.commandLine().getOut();
    result.println(output.json() ? report.json() : report.text());
    result.flush();
    return report.ok() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private DemoOptions options() throws IOException {
    if (speed < 0) {
      throw CliException.usage("--speed is negative", "demo", "give a factor above 0");
    }
    for (Path file : data) {
      if (!Files.isReadable(file)) {
        throw CliException.usage(
            "cannot read the capture", file.toString(), "give an existing file");
      }
    }
    Scenario loaded = Scenario.load(scenarioFile());
    Scenario played =
        ScenarioFile.with(
            loaded,
            duration == null
                ? loaded.durationMs()
                : Math.min(loaded.durationMs(), Durations.parseMs(duration)),
            seed == null ? loaded.seed() : seed);
    Path directory = OutDirectory.of(out, "demo");
    Files.createDirectories(directory.resolve("logs"));
    return new DemoOptions(played, data, speed, directory, keep, Home.config());
  }

  private Path scenarioFile() {
    String name = scenario == null ? (data.isEmpty() ? "soak-72h" : "replay") : scenario;
    Path file = Path.of(name);
    if (Files.isRegularFile(file)) {
      return file;
    }
    Path shipped = Home.config("scenarios", name + ".yaml");
    if (!Files.isRegularFile(shipped)) {
      throw CliException.usage(
          "no scenario '" + name + "'", shipped.getParent().toString(), "there are: " + shipped());
    }
    return shipped;
  }

  private static String shipped() {
    try (Stream<Path> files = Files.list(Home.config("scenarios"))) {
      return String.join(
          ", ",
          files
              .map(f -> f.getFileName().toString().replaceFirst("\\.yaml$", ""))
              .sorted()
              .toList());
    } catch (IOException e) {
      return "none";
    }
  }
}
