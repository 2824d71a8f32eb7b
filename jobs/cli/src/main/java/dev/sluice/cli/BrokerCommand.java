// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.broker.BrokerOptions;
import dev.sluice.cli.broker.BrokerSecurity;
import dev.sluice.cli.broker.EmbeddedBroker;
import dev.sluice.cli.broker.TopicsAdmin;
import dev.sluice.engine.kafka.KafkaAccess;
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
      "  sluice broker --output json        prints {\"bootstrap\": …} once it serves",
      "  sluice broker --secure /tmp/keys --port 9093 --topics 1"
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

  @Option(
      names = "--secure",
      paramLabel = "KEYS",
      description =
          "asks clients who they are (TLS, SASL/SCRAM, rights): makes throw-away keys and users with"
              + " their .properties in this directory, for trying out")
  private Path keys;

  @Override
  public Integer call() throws IOException {
    refuseUsersUnknownThere();
    Path dir = directory == null ? Files.createTempDirectory("sluice-broker-") : directory;
    Files.createDirectories(dir);
    Logs.toFile(dir.resolve("broker.log"));
    BrokerOptions options = new BrokerOptions(dir, port, BrokerOptions.DEFAULT_MAX_MESSAGE_BYTES);
    EmbeddedBroker broker;
    try {
      broker =
          EmbeddedBroker.start(keys == null ? options : options.securedBy(BrokerSecurity.in(keys)));
    } catch (IllegalStateException e) {
      throw CliException.environment(
          e.getMessage(), "port " + port, "take another --port, or another --dir", e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(broker, dir), "broker-shutdown"));
    if (partitions > 0) {
      try (TopicsAdmin topics = new TopicsAdmin(administrator(broker))) {
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
      if (keys != null) {
        out.println(
            "users "
                + String.join(", ", BrokerSecurity.USERS)
                + ": --kafka-properties "
                + keys.resolve("<user>.properties")
                + "; for trying out only");
      }
    }
    out.flush();
    broker.awaitShutdown();
    return ExitCodes.OK;
  }

  /** What a broker knows of its users it is told at its first start. */
  private void refuseUsersUnknownThere() {
    boolean newUsers = keys != null && Files.notExists(keys);
    if (newUsers && directory != null && Files.exists(directory.resolve("server.properties"))) {
      throw CliException.usage(
          "the broker's directory is older than the keys, and knows none of their users",
          directory.toString(),
          "take a new --dir, or the --secure directory it was made with");
    }
  }

  private KafkaAccess administrator(EmbeddedBroker broker) {
    return keys == null
        ? KafkaAccess.plain(broker.bootstrapServers())
        : BrokerSecurity.in(keys).access(broker.bootstrapServers(), BrokerSecurity.ADMIN);
  }

  private void end(EmbeddedBroker broker, Path dir) {
    broker.close();
    if (directory == null) {
      Cleanup.delete(dir);
    }
  }
}
