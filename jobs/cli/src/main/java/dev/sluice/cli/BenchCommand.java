// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.bench.LatencyBench;
import dev.sluice.bench.LatencyPath;
import dev.sluice.bench.LatencyReport;
import dev.sluice.bench.ThroughputBench;
import dev.sluice.bench.ThroughputReport;
import dev.sluice.cli.broker.BrokerOptions;
import dev.sluice.cli.broker.EmbeddedBroker;
import dev.sluice.cli.broker.TopicsAdmin;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code sluice bench throughput|latency|scale|soak|trial|datasets}: measurements, each beside its
 * floor.
 */
@Command(
    name = "bench",
    description = {
      "Measures the judge and the event store on this machine, beside the least anybody could need,",
      "and how often the statistics of trials err."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      BenchCommand.Throughput.class,
      BenchCommand.Latency.class,
      BenchScaleCommand.class,
      BenchSoakCommand.class,
      BenchTrialCommand.class,
      BenchDatasetsCommand.class,
      BenchPeersCommand.class,
      BenchCapacityCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice bench throughput --events 2000000",
      "  sluice bench latency --halts 1000 --output json",
      "  sluice bench scale",
      "  sluice bench soak --seconds 600",
      "  sluice bench trial --trials 1000",
      "  sluice bench datasets --query-rows 10000000"
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** A broker of its own for one measurement, and where it may write. */
  abstract static class Measurement implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private OutputOption output;

    @Option(
        names = "--bootstrap",
        paramLabel = "HOST:PORT",
        description = "a broker with empty topics (default: one in this process)")
    private String bootstrap;

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "for report.json, the log and the broker's data (default: a temporary one)")
    private Path out;

    @Override
    public Integer call() throws Exception {
      Path directory = out == null ? Files.createTempDirectory("sluice-bench-") : out;
      Files.createDirectories(directory);
      Logs.toFile(directory.resolve("bench.log"));
      PrintWriter err = spec.commandLine().getErr();
      Report result;
      try (EmbeddedBroker broker =
          bootstrap == null
              ? EmbeddedBroker.start(BrokerOptions.in(directory.resolve("broker")))
              : null) {
        String servers = broker == null ? bootstrap : broker.bootstrapServers();
        try (TopicsAdmin topics = new TopicsAdmin(servers)) {
          topics.create(1, (short) 1);
        }
        result = measure(servers, directory, err);
      } catch (IllegalStateException e) {
        throw CliException.environment(
            e.getMessage(),
            directory.resolve("bench.log").toString(),
            "run it on a quiet machine",
            e);
      } finally {
        Cleanup.delete(directory.resolve("broker"));
        Cleanup.delete(directory.resolve("checkpoints"));
      }
      Path json = directory.resolve("report.json");
      Files.writeString(json, result.json() + "\n");
      PrintWriter stdout = spec.commandLine().getOut();
      stdout.println(
          output.json() ? result.json() : result.text().stripTrailing() + "\nas JSON: " + json);
      stdout.flush();
      return result.exitCode();
    }

    /** What was measured, for people and for programs, and what it amounts to. */
    record Report(String text, String json, int exitCode) {
      Report(String text, String json) {
        this(text, json, ExitCodes.OK);
      }
    }

    abstract Report measure(String bootstrap, Path directory, PrintWriter progress)
        throws Exception;
  }

  /** Events per second. */
  @Command(
      name = "throughput",
      description = {
        "Events per second and core through each job, from filled topics, beside a plain",
        "single-threaded consumer of the same topics (and, for ticks, a naive Flink job), and the",
        "size of each job's state; a quarter of an hour."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice bench throughput --events 2000000 --output json")
  static final class Throughput extends Measurement {
    /** Below it the windows still open at the end are more than the tail that is not measured. */
    private static final long MIN_EVENTS = 150_000;

    @Spec private CommandSpec spec;

    @Option(
        names = "--events",
        defaultValue = "2000000",
        description = "ticks in the topic (default: ${DEFAULT-VALUE})")
    private long events;

    @Option(
        names = "--order-events",
        defaultValue = "700000",
        description = "records in the order topics (default: ${DEFAULT-VALUE})")
    private long orderEvents;

    @Option(
        names = "--warm-up",
        paramLabel = "EVENTS",
        defaultValue = "5000000",
        description = "ticks each side reads first, not counted (default: ${DEFAULT-VALUE})")
    private long warmUp;

    @Option(
        names = "--passes",
        defaultValue = "3",
        description = "measured of each side; the best counts (default: ${DEFAULT-VALUE})")
    private int passes;

    @Override
    Report measure(String bootstrap, Path directory, PrintWriter progress) throws Exception {
      if (events < MIN_EVENTS) {
        throw new ParameterException(
            spec.commandLine(),
            "--events " + events + " is too few to measure: at least " + MIN_EVENTS);
      }
      if (passes < 1) {
        throw new ParameterException(spec.commandLine(), "--passes " + passes + ": at least 1");
      }
      ThroughputReport report =
          ThroughputBench.run(
              new ThroughputBench.Options(
                  bootstrap,
                  events,
                  orderEvents,
                  warmUp,
                  passes,
                  Home.config("sluice.yaml"),
                  directory),
              progress::println);
      return new Report(report.text(), report.json());
    }
  }

  /** Milliseconds to a halt. */
  @Command(
      name = "latency",
      description = {
        "From the produce call of an event that breaches to the engine having obeyed,",
        "beside an echo between two topics of the same broker."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  sluice bench latency --halts 1000 --output json",
        "  sluice bench latency --path cap"
      })
  static final class Latency extends Measurement {
    @Option(
        names = "--path",
        defaultValue = "breaker",
        description = {
          "breaker: a heartbeat with the breaker open for too long;",
          "cap: a fill that brings the net exposure above its cap (default: ${DEFAULT-VALUE})"
        })
    private LatencyPath path;

    @Option(
        names = "--halts",
        defaultValue = "1000",
        description = "measured (default: ${DEFAULT-VALUE})")
    private int halts;

    @Option(
        names = "--warm-up",
        paramLabel = "HALTS",
        defaultValue = "500",
        description = "before them, not counted (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Override
    Report measure(String bootstrap, Path directory, PrintWriter progress) throws Exception {
      LatencyReport report =
          LatencyBench.run(
              new LatencyBench.Options(
                  bootstrap, path, halts, warmUp, Home.config("sluice.yaml"), directory, List.of()),
              progress::println);
      return new Report(report.text(), report.json());
    }
  }
}
