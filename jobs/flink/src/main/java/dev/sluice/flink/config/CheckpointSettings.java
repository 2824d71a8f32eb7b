// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

/**
 * Exactly-once checkpoints of the jobs; they bound what is replayed after a crash, not a latency.
 */
public record CheckpointSettings(
    @Setting(value = "10s", doc = "time between checkpoints; each one finishes the Parquet files")
        long intervalMs,
    @Setting(value = "1s", doc = "quiet time between the end of one checkpoint and the next")
        long minPauseMs,
    @Setting(value = "5m", doc = "a checkpoint that takes longer is given up") long timeoutMs,
    @Setting(
            value = "data/checkpoints",
            doc = "directory or URI; a relative path is relative to the working directory")
        String dir,
    @Setting(value = "3", doc = "completed checkpoints kept") int retained,
    @Setting(value = "10", doc = "failed checkpoints in a row before the job restarts")
        int tolerableFailures) {

  public CheckpointSettings {
    Settings.atLeast("interval (ms)", intervalMs, 100);
    Settings.atLeast("retained", retained, 1);
    Settings.atLeast("tolerable_failures", tolerableFailures, 0);
    Settings.present("dir", dir);
  }
}
