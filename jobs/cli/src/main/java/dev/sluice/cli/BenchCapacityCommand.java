// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.bench.capacity.Constants;
import dev.sluice.bench.capacity.Constants.Name;
import dev.sluice.bench.capacity.Demand;
import dev.sluice.bench.capacity.Plan;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice bench capacity}: what a number of engines needs. */
@Command(
    name = "capacity",
    description = {
      "What a number of engines needs: cores, partitions, TaskManagers, state, network, disk. Nothing",
      "is run: arithmetic from measured constants, each printed with where it comes from. What",
      "depends on a constant that is not known is printed as -; docs/concepts/performance.md has",
      "the formulas."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice bench capacity --engines 1000 --ticks-per-second 1000",
      "  sluice bench throughput --out /tmp/bench && sluice bench capacity --from"
          + " /tmp/bench/report.json"
    })
final class BenchCapacityCommand implements Callable<Integer> {
  private static final double MB = 1e6;
  private static final double TB = 1e12;

  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Option(
      names = "--engines",
      defaultValue = "1000",
      description = "on the roster (default: ${DEFAULT-VALUE})")
  private long engines;

  @Option(
      names = "--ticks-per-second",
      paramLabel = "N",
      defaultValue = "1000",
      description = "of each engine (default: ${DEFAULT-VALUE})")
  private double ticksPerSecond;

  @Option(
      names = "--core-us-per-tick",
      paramLabel = "US",
      description = "microseconds of one core to judge a tick, instead of the measured constant")
  private Double coreUsPerTick;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = {
        "report.json of bench throughput, datasets or peers, whose constants replace the documented",
        "ones; may be given several times"
      })
  private List<Path> from = new ArrayList<>();

  @Option(
      names = "--utilisation",
      paramLabel = "RATIO",
      defaultValue = "0.5",
      description = "share of a core used in steady state (default: ${DEFAULT-VALUE})")
  private double utilisation;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "4",
      description = "of one TaskManager, one core each (default: ${DEFAULT-VALUE})")
  private int slots;

  @Option(
      names = "--replication",
      paramLabel = "N",
      defaultValue = "3",
      description = "copies of a record in Kafka (default: ${DEFAULT-VALUE})")
  private int replication;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "between two checkpoints (default: ${DEFAULT-VALUE})")
  private double checkpointIntervalS;

  @Override
  public Integer call() {
    Plan plan;
    try {
      plan =
          Plan.of(
              new Demand(
                  engines, ticksPerSecond, utilisation, slots, replication, checkpointIntervalS),
              constants());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(output.json() ? plan.json() : text(plan).stripTrailing());
    out.flush();
    return ExitCodes.OK;
  }

  private Constants constants() {
    Constants constants = Constants.documented();
    for (Path file : from) {
      try {
        constants.from(Json.mapper().readTree(Files.readString(file)), file.toString());
      } catch (IOException e) {
        throw CliException.usage(
            "a report cannot be read: " + e, file.toString(), "name a report.json");
      }
    }
    return coreUsPerTick == null
        ? constants
        : constants.with(Name.JUDGE_US_PER_TICK, coreUsPerTick, "--core-us-per-tick");
  }

  private static String text(Plan plan) {
    TextTable needs =
        new TextTable("need", "value")
            .row("ticks/s of all engines", format("%,.0f", plan.ticksPerSecond(), 1))
            .row("engines per core", format("%,.1f", plan.enginesPerCore(), 1))
            .row("most ticks/s of one engine", format("%,.0f", plan.ticksPerSecondOfOneEngine(), 1))
            .row("cores used", format("%,.1f", plan.coresUsed(), 1))
            .row("cores = parallelism", format("%,.0f", plan.cores(), 1))
            .row("partitions of each topic", format("%,.0f", plan.partitions(), 1))
            .row("TaskManagers", format("%,.0f", plan.taskManagers(), 1))
            .row("catch-up time / outage", format("%,.2f", plan.catchUpPerOutage(), 1))
            .row("state = checkpoint, MB", format("%,.0f", plan.stateBytes(), MB))
            .row("checkpoints, MB/s", format("%,.1f", plan.checkpointBytesPerS(), MB))
            .row("into Kafka = out to Flink, MB/s", format("%,.1f", plan.kafkaInBytesPerS(), MB))
            .row("between brokers, MB/s", format("%,.1f", plan.kafkaReplicationBytesPerS(), MB))
            .row("Kafka disk, TB/day", format("%,.2f", plan.kafkaBytesPerDay(), TB))
            .row("event store, TB/day", format("%,.2f", plan.archivedBytesPerDay(), TB));
    TextTable constants = new TextTable("constant", "value", "from");
    for (Name name : Name.values()) {
      Constants.Constant constant = plan.constants().get(name.id());
      constants.row(
          name.id(),
          format("%,.2f", constant == null ? null : constant.value(), 1),
          constant == null ? "not known: give a report with --from" : constant.provenance());
    }
    return needs.render() + "\n" + constants.render();
  }

  private static String format(String pattern, Number value, double unit) {
    return value == null ? "-" : String.format(Locale.ROOT, pattern, value.doubleValue() / unit);
  }
}
