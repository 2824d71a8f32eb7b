// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How a cluster is started.
 *
 * @param directory that holds everything of it
 * @param taskManagers how many
 * @param slots task slots of each; a job needs as many as its parallelism
 * @param bootstrap of a Kafka of your own, or empty for a broker that belongs to the cluster
 * @param brokerPort of that broker on loopback, 0 for any free one
 * @param partitions of the topics that are created at that broker; 0 creates none
 * @param restPort of REST and web UI on loopback, 0 for any free one
 * @param webSubmit whether jars may be uploaded and run by REST: whoever reaches the port may then
 *     run code
 * @param outlives whether the processes outlive this JVM
 * @param flink more settings of Flink, which win over ours
 */
public record ClusterOptions(
    Path directory,
    int taskManagers,
    int slots,
    String bootstrap,
    int brokerPort,
    int partitions,
    int restPort,
    boolean webSubmit,
    boolean outlives,
    Map<String, String> flink) {

  public ClusterOptions {
    if (taskManagers < 1 || taskManagers > 64) {
      throw new IllegalArgumentException("a cluster has 1 to 64 TaskManagers, not " + taskManagers);
    }
    if (slots < 1 || slots > 64) {
      throw new IllegalArgumentException("a TaskManager has 1 to 64 slots, not " + slots);
    }
    directory = directory.toAbsolutePath().normalize();
    flink = Map.copyOf(flink);
  }

  /** One TaskManager, a broker with one partition, any free ports; ends with this JVM. */
  public static ClusterOptions in(Path directory) {
    return new ClusterOptions(directory, 1, 4, "", 0, 1, 0, false, false, Map.of());
  }

  /** With so many TaskManagers of so many slots. */
  public ClusterOptions with(int taskManagers, int slots) {
    return copy(taskManagers, slots, partitions, flink);
  }

  /** With so many partitions of each topic; 0 creates none. */
  public ClusterOptions withPartitions(int partitions) {
    return copy(taskManagers, slots, partitions, flink);
  }

  /** With one more setting of Flink. */
  public ClusterOptions withFlink(String key, String value) {
    Map<String, String> more = new HashMap<>(flink);
    more.put(key, value);
    return copy(taskManagers, slots, partitions, more);
  }

  private ClusterOptions copy(
      int otherTaskManagers, int otherSlots, int otherPartitions, Map<String, String> otherFlink) {
    return new ClusterOptions(
        directory,
        otherTaskManagers,
        otherSlots,
        bootstrap,
        brokerPort,
        otherPartitions,
        restPort,
        webSubmit,
        outlives,
        otherFlink);
  }

  /** True when the broker belongs to the cluster. */
  boolean ownBroker() {
    return bootstrap.isEmpty();
  }
}
