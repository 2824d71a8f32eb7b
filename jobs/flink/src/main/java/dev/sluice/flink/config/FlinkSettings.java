// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

/** How the jobs run. */
public record FlinkSettings(
    @Setting(
            value = "1",
            doc = "parallel instances of every operator; at most the partitions of a topic do work")
        int parallelism,
    @Setting(
            value = "128",
            doc = "highest parallelism state can ever be scaled to; never change it")
        int maxParallelism,
    CheckpointSettings checkpoint,
    RestartSettings restart) {

  public FlinkSettings {
    Settings.atLeast("parallelism", parallelism, 1);
    Settings.atLeast("max_parallelism", maxParallelism, parallelism);
  }
}
