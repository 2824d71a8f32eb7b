// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.broker.BrokerOptions;
import dev.sluice.cli.broker.EmbeddedBroker;
import dev.sluice.cli.broker.TopicsAdmin;
import dev.sluice.cli.peers.PeerKind;
import dev.sluice.cli.peers.PeersBench;
import dev.sluice.cli.peers.PeersReport;
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

/** {@code sluice bench peers}: other stream processors beside our jobs. */
@Command(
    name = "peers",
    description = {
      "The same windowed criteria over the same topic by our jobs, Kafka Streams, Hazelcast Jet,",
      "Spark Structured Streaming, a DuckDB batch and a plain consumer, each in a process of its",
      "own. What a peer answers is compared with the plain consumer's answers first: one that",
      "differs has no speed. About ten minutes; builds the peers at first use.",
      "Exit code 1 when a peer differs or fails."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice bench peers",
      "  sluice bench peers --peers flink,kafka-streams --events 500000 --output json"
    })
final class BenchPeersCommand implements Callable<Integer> {
  /** Five minutes of ten engines: with fewer the longest window is never full. */
  private static final long MIN_EVENTS = 150_000;

  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "ticks in the topic (default: ${DEFAULT-VALUE})")
  private long events;

  @Option(
      names = "--peers",
      paramLabel = "LIST",
      split = ",",
      defaultValue = "plain,flink,kafka-streams,jet,spark,duckdb",
      description = {
        "who, separated by commas (default: ${DEFAULT-VALUE});",
        "the plain consumer is always among them"
      })
  private List<String> peers;

  @Option(
      names = "--warm-up",
      paramLabel = "PASSES",
      defaultValue = "2",
      description = "passes of each peer that do not count (default: ${DEFAULT-VALUE})")
  private int warmUps;

  @Option(
      names = "--passes",
      paramLabel = "N",
      defaultValue = "3",
      description = "passes of each peer, of which the best counts (default: ${DEFAULT-VALUE})")
  private int passes;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "for report.json and the logs (default: a temporary one)")
  private Path out;

  @Override
  public Integer call() throws Exception {
    check();
    Path directory = out == null ? Files.createTempDirectory("sluice-bench-") : out;
    Files.createDirectories(directory);
    Logs.toFile(directory.resolve("bench.log"));
    PrintWriter err = spec.commandLine().getErr();
    PeersReport report;
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerOptions.in(directory.resolve("broker")))) {
      try (TopicsAdmin topics = new TopicsAdmin(broker.bootstrapServers())) {
        topics.create(1, (short) 1);
      }
      report =
          PeersBench.run(
              new PeersBench.Options(
                  broker.bootstrapServers(),
                  events,
                  warmUps,
                  passes,
                  peers.stream().map(PeerKind::of).toList(),
                  Home.find(),
                  Home.config("sluice.yaml"),
                  directory.toAbsolutePath()),
              line -> {
                err.println(line);
                err.flush();
              });
    } finally {
      Cleanup.delete(directory.resolve("broker"));
    }
    Path json = directory.resolve("report.json");
    Files.writeString(json, report.json() + "\n");
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.println(
        output.json() ? report.json() : report.text().stripTrailing() + "\nas JSON: " + json);
    stdout.flush();
    return report.allSame() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private void check() {
    if (events < MIN_EVENTS) {
      throw new ParameterException(
          spec.commandLine(),
          "--events " + events + " is too few to measure: at least " + MIN_EVENTS);
    }
    if (warmUps < 0 || passes < 1) {
      throw new ParameterException(
          spec.commandLine(), "--warm-up must not be below 0, --passes not below 1");
    }
    try {
      peers.forEach(PeerKind::of);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--peers: " + e.getMessage());
    }
  }
}
