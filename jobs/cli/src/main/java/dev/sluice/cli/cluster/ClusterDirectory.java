// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a cluster keeps what.
 *
 * @param root holds everything
 */
public record ClusterDirectory(Path root) {
  private static final String LOGGING = "sluice-cluster-log4j2.xml";

  /** The broker's log and metadata. */
  Path broker() {
    return root.resolve("broker");
  }

  /** ZooKeeper's data. */
  Path zookeeper() {
    return root.resolve("zookeeper");
  }

  /** Flink's {@code config.yaml}, ZooKeeper's and the logger's. */
  Path conf() {
    return root.resolve("conf");
  }

  /** One file of log lines and one of output for each process. */
  Path logs() {
    return root.resolve("logs");
  }

  /** What ZooKeeper's entries point to: jobs and their latest checkpoints. */
  Path highAvailability() {
    return root.resolve("ha");
  }

  /** Checkpoints of jobs. */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** Savepoints of jobs that were stopped in order. */
  public Path savepoints() {
    return root.resolve("savepoints");
  }

  /** Parquet files. */
  public Path datasets() {
    return root.resolve("datasets");
  }

  /** Log lines of a process. */
  public Path log(Role role) {
    return logs().resolve(role.fileName() + ".log");
  }

  /** What a process writes to its terminal. */
  Path output(Role role) {
    return logs().resolve(role.fileName() + ".out");
  }

  /** Configuration of the logger of Flink's processes. */
  Path logging() {
    return conf().resolve("log4j2.xml");
  }

  Path zookeeperConfiguration() {
    return conf().resolve("zoo.cfg");
  }

  /** Makes the directories and writes the files of {@code conf/}. */
  void prepare(Map<String, String> flink, String zookeeper) {
    try {
      for (Path path :
          new Path[] {
            broker(), zookeeper(), conf(), logs(), highAvailability(), checkpoints(), savepoints()
          }) {
        Files.createDirectories(path);
      }
      StringBuilder yaml = new StringBuilder("# written at each start of the cluster\n");
      for (Map.Entry<String, String> setting : flink.entrySet()) {
        // a JSON string is a YAML string
        yaml.append(setting.getKey())
            .append(": ")
            .append(Json.mapper().writeValueAsString(setting.getValue()))
            .append('\n');
      }
      Files.writeString(conf().resolve("config.yaml"), yaml);
      Files.writeString(zookeeperConfiguration(), zookeeper);
      try (InputStream logging =
          Objects.requireNonNull(ClusterDirectory.class.getResourceAsStream("/" + LOGGING))) {
        Files.copy(logging, logging(), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the cluster's directory " + root, e);
    }
  }

  /** What {@code cluster.json} says, when there is one. */
  Optional<ClusterState> state() {
    try {
      return Files.exists(stateFile())
          ? Optional.of(Json.mapper().readValue(stateFile().toFile(), ClusterState.class))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + stateFile(), e);
    }
  }

  /** Replaces {@code cluster.json} in one step. */
  void write(ClusterState state) {
    try {
      Path next = root.resolve("cluster.json.next");
      Files.write(next, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
      Files.move(next, stateFile(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + stateFile(), e);
    }
  }

  /** The last lines a process wrote to its terminal or its log. */
  String lastWords(Role role) {
    StringBuilder words = new StringBuilder();
    for (Path file : new Path[] {output(role), log(role)}) {
      try {
        if (Files.exists(file)) {
          var lines = Files.readString(file, StandardCharsets.UTF_8).lines().toList();
          lines
              .subList(Math.max(0, lines.size() - 15), lines.size())
              .forEach(line -> words.append(line).append('\n'));
        }
      } catch (IOException e) {
        words.append("(").append(file).append(": ").append(e.getMessage()).append(")\n");
      }
    }
    return words.toString();
  }

  private Path stateFile() {
    return root.resolve("cluster.json");
  }
}
