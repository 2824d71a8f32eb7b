// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.capacity;

/**
 * What shall be judged, and by which cluster.
 *
 * @param engines on the roster
 * @param ticksPerSecond of each engine
 * @param utilisation share of a core that is used in steady state; the rest catches up after an
 *     outage
 * @param slotsPerTaskManager slots of one TaskManager, one core each
 * @param replication copies of each record in Kafka
 * @param checkpointIntervalS seconds between two checkpoints
 */
public record Demand(
    long engines,
    double ticksPerSecond,
    double utilisation,
    int slotsPerTaskManager,
    int replication,
    double checkpointIntervalS) {

  /** Refuses what is not positive, and a utilisation of 1 or more. */
  public Demand {
    if (engines < 1
        || ticksPerSecond <= 0
        || utilisation <= 0
        || utilisation >= 1
        || slotsPerTaskManager < 1
        || replication < 1
        || checkpointIntervalS <= 0) {
      throw new IllegalArgumentException(
          "everything must be above 0 and the utilisation below 1: "
              + engines
              + " engines at "
              + ticksPerSecond
              + " ticks/s, utilisation "
              + utilisation
              + ", "
              + slotsPerTaskManager
              + " slots, replication "
              + replication
              + ", a checkpoint every "
              + checkpointIntervalS
              + " s");
    }
  }

  /** Ticks per second of all engines. */
  public double ticksPerSecondOfAll() {
    return engines * ticksPerSecond;
  }
}
