// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.broker;

import dev.sluice.cli.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker (KRaft, broker and controller in one) inside this JVM, on loopback only. Its
 * directory outlives it: started again on the same directory and port it goes on where it stopped.
 * Records carry the broker's clock (LogAppendTime) and are never deleted by age: replays carry old
 * event times. Start and close from one thread.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final int NODE_ID = 1;
  private static final int START_TRIES = 3;

  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final Path directory;
  private boolean closed;

  private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers, Path directory) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
    this.directory = directory;
  }

  /**
   * Formats the directory when it is new, starts the broker and returns once it serves.
   *
   * @throws IllegalStateException when it does not come up; the message says why
   */
  public static EmbeddedBroker start(BrokerOptions options) {
    RuntimeException last = null;
    int tries = options.port() == 0 ? START_TRIES : 1;
    for (int i = 0; i < tries; i++) {
      try {
        return startOnce(options);
      } catch (RuntimeException e) {
        last = e; // a free port can be taken by another between looking and binding
      }
    }
    throw new IllegalStateException(
        "the embedded broker did not start in " + options.directory() + ": " + last.getMessage(),
        last);
  }

  private static EmbeddedBroker startOnce(BrokerOptions options) {
    Path directory = options.directory().toAbsolutePath();
    int port = options.port() == 0 ? freePort() : options.port();
    Map<String, String> settings = settings(options, directory, port, freePort());
    try {
      Files.createDirectories(directory);
      format(options, directory, settings);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the broker's directory " + directory, e);
    }
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown();
      throw e;
    }
    return new EmbeddedBroker(server, "127.0.0.1:" + port, directory);
  }

  /** What clients connect to, {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Where the broker keeps its data. */
  public Path directory() {
    return directory;
  }

  /** Blocks until the broker has been shut down. */
  public void awaitShutdown() {
    server.awaitShutdown();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      server.shutdown();
      server.awaitShutdown();
    }
  }

  private static void format(BrokerOptions options, Path directory, Map<String, String> settings)
      throws IOException {
    Path file = directory.resolve("server.properties");
    Properties properties = new Properties();
    properties.putAll(settings);
    StringWriter text = new StringWriter();
    properties.store(text, "written at each start");
    Files.deleteIfExists(file);
    PrivateFiles.create(file, text.toString()); // a secured broker's holds passwords
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "format",
                  "--ignore-formatted",
                  "--cluster-id",
                  clusterId(directory),
                  "--config",
                  file.toString()));
      options.security().ifPresent(known -> arguments.addAll(known.scramArguments()));
      if (StorageTool.execute(arguments.toArray(String[]::new), out) != 0) {
        throw new IOException("kafka-storage format: " + said.toString(StandardCharsets.UTF_8));
      }
    }
  }

  /** The id given at the first format: a directory taken up again must keep it. */
  private static String clusterId(Path directory) throws IOException {
    Path file = directory.resolve("cluster.id");
    if (!Files.exists(file)) {
      Files.writeString(file, Uuid.randomUuid().toString());
    }
    return Files.readString(file).strip();
  }

  private static Map<String, String> settings(
      BrokerOptions options, Path directory, int port, int controllerPort) {
    Map<String, Object> s = new LinkedHashMap<>();
    s.put("process.roles", "broker,controller");
    s.put("node.id", NODE_ID);
    s.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    s.put("controller.listener.names", "CONTROLLER");
    s.put("inter.broker.listener.name", "PLAINTEXT");
    s.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    s.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    s.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    s.put("log.dirs", directory.resolve("data"));
    s.put("auto.create.topics.enable", false);
    s.put("delete.topic.enable", true);
    // One node: every internal topic has one replica, small.
    s.put("offsets.topic.num.partitions", 1);
    s.put("offsets.topic.replication.factor", 1);
    s.put("transaction.state.log.num.partitions", 1);
    s.put("transaction.state.log.replication.factor", 1);
    s.put("transaction.state.log.min.isr", 1);
    s.put("share.coordinator.state.topic.num.partitions", 1);
    s.put("share.coordinator.state.topic.replication.factor", 1);
    s.put("share.coordinator.state.topic.min.isr", 1);
    s.put("group.initial.rebalance.delay.ms", 0);
    // Old event times must not be deleted as old; records carry the broker's clock.
    s.put("log.message.timestamp.type", "LogAppendTime");
    s.put("log.retention.ms", -1);
    s.put("log.retention.bytes", -1);
    s.put("message.max.bytes", options.maxMessageBytes());
    s.put("socket.request.max.bytes", 2 * options.maxMessageBytes() + 1024 * 1024);
    s.put("replica.fetch.max.bytes", options.maxMessageBytes());
    // Compaction keeps up with a demo: the cleaner looks every second.
    s.put("log.cleaner.backoff.ms", 1000);
    s.put("log.cleaner.dedupe.buffer.size", 8 * 1024 * 1024);
    s.put("log.cleaner.threads", 1);
    s.put("num.network.threads", 2);
    s.put("num.io.threads", 4);
    s.put("background.threads", 2);
    s.put("num.recovery.threads.per.data.dir", 1);
    s.put("broker.session.timeout.ms", 18_000);
    options.security().ifPresent(known -> s.putAll(known.settings(port, controllerPort)));
    return s.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e -> String.valueOf(e.getValue()),
                (a, b) -> b,
                LinkedHashMap::new));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on loopback", e);
    }
  }
}
