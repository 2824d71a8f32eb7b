// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.peers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Who is measured, in the order of the table. */
public enum PeerKind {
  PLAIN("plain", "plain consumer", Home.OURS, "dev.sluice.bench.peers.PlainPeer", ""),
  FLINK("flink", "Sluice on Flink", Home.OURS, "dev.sluice.bench.peers.FlinkPeer", "flink-core"),
  KAFKA_STREAMS(
      "kafka-streams",
      "Kafka Streams",
      Home.PEERS,
      "dev.sluice.peers.StreamsPeer",
      "kafka-streams"),
  JET("jet", "Hazelcast Jet", Home.PEERS, "dev.sluice.peers.JetPeer", "hazelcast"),
  SPARK(
      "spark",
      "Spark Structured Streaming",
      Home.SPARK,
      "dev.sluice.peers.spark.SparkPeer",
      "spark-core_2.13"),
  DUCKDB("duckdb", "DuckDB, batch", Home.OURS, "dev.sluice.bench.peers.DuckDbPeer", "duckdb_jdbc");

  /** Where a peer's class path is. */
  enum Home {
    /** That of this command line. */
    OURS(null),
    PEERS("peers"),
    SPARK("peers-spark");

    private final String module;

    Home(String module) {
      this.module = module;
    }

    /** Name of the module below {@code jobs/}; null for ours. */
    String module() {
      return module;
    }
  }

  private final String id;
  private final String label;
  private final Home home;
  private final String mainPeer;
  private final String artifact;

  PeerKind(String id, String label, Home home, String mainPeer, String artifact) {
    this.id = id;
    this.label = label;
    this.home = home;
    this.mainPeer = mainPeer;
    this.artifact = artifact;
  }

  /** Its name on the command line. */
  public String id() {
    return id;
  }

  /** Its name for people. */
  public String label() {
    return label;
  }

  Home home() {
    return home;
  }

  /** Class of the peer. */
  String peerClass() {
    return mainPeer;
  }

  /** Its version by the name of its jar on a class path; empty where it has none. */
  String version(List<String> jars) {
    String start = artifact + "-";
    return jars.stream()
        .filter(jar -> !artifact.isEmpty() && jar.startsWith(start) && jar.endsWith(".jar"))
        .map(jar -> jar.substring(start.length(), jar.length() - ".jar".length()))
        .filter(version -> !version.isEmpty() && Character.isDigit(version.charAt(0)))
        .findFirst()
        .orElse("");
  }

  /** All names, separated by commas. */
  public static String ids() {
    return Arrays.stream(values()).map(PeerKind::id).collect(Collectors.joining(","));
  }

  /**
   * The peer of a name.
   *
   * @throws IllegalArgumentException when there is none; the message names all
   */
  public static PeerKind of(String id) {
    return Arrays.stream(values())
        .filter(kind -> kind.id.equals(id))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no peer `" + id + "`: there are " + ids()));
  }
}
