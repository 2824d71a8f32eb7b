// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.broker.BrokerOptions;
import dev.sluice.cli.broker.EmbeddedBroker;
import dev.sluice.cli.broker.TopicsAdmin;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice broker}: a real Kafka broker in this process, on loopback, until it is stopped. */
@Command(
    name = "broker",
    description = "Runs a Kafka broker (KRaft) in this process, on loopback, until Ctrl-C.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice broker --port 9092 --dir data/broker --topics 1",
      "  sluice broker --output json        prints {\"bootstrap\": …} once it serves"
    })
final class BrokerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Option(
      names = "--port",
      defaultValue = "9092",
      description = "port on loopback; 0 takes a free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--dir",
      description = "keeps the data here and goes on with it next time (default: a temporary one)")
  private Path directory;

  @Option(
      names = "--topics",
      paramLabel = "PARTITIONS",
      defaultValue = "0",
      description = "also creates Sluice's topics with that many partitions (default: none)")
  private int partitions;

  @Override
  public Integer call() throws IOException {
    Path dir = directory == null ? Files.createTempDirectory("sluice-broker-") : directory;
    Files.createDirectories(dir);
    Logs.toFile(dir.resolve("broker.log"));
    EmbeddedBroker broker;
    try {
      broker =
          EmbeddedBroker.start(
              new BrokerOptions(dir, port, BrokerOptions.DEFAULT_MAX_MESSAGE_BYTES));
    } catch (IllegalStateException e) {
      throw CliException.environment(
          e.getMessage(), "port " + port, "take another --port, or another --dir", e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(broker, dir), "broker-shutdown"));
    if (partitions > 0) {
      try (TopicsAdmin topics = new TopicsAdmin(broker.bootstrapServers())) {
        topics.create(partitions, (short) 1);
      }
    }
    var out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(
          Json.mapper()
              .writeValueAsString(
                  Map.of("bootstrap", broker.bootstrapServers(), "directory", dir.toString())));
    } else {
      out.println(
          "Kafka serves at "
              + broker.bootstrapServers()
              + ", data in "
              + dir
              + "; stop with Ctrl-C");
    }
    out.flush();
    broker.awaitShutdown();
    return ExitCodes.OK;
  }

  private void end(EmbeddedBroker broker, Path dir) {
    broker.close();
    if (directory == null) {
      Cleanup.delete(dir);
    }
  }
}
