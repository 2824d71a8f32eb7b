// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

/** How the jobs run. */
public record FlinkSettings(
    @Setting(
            value = "1",
            doc = "parallel instances of every operator; at most the partitions of a topic do work")
        int parallelism,
    @Setting(
            value = "0",
            doc =
                "highest parallelism state can ever be scaled to; 0: that of the savepoint, 128 at"
                    + " a first start; another number must be the savepoint's")
        int maxParallelism,
    CheckpointSettings checkpoint,
    RestartSettings restart) {

  public FlinkSettings {
    Settings.atLeast("parallelism", parallelism, 1);
    Settings.atLeast("max_parallelism", maxParallelism, maxParallelism == 0 ? 0 : parallelism);
  }
}
