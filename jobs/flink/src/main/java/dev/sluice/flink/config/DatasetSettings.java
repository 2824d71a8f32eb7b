// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

/** The Parquet archive. */
public record DatasetSettings(
    @Setting(value = "true", doc = "whether AllJobs archives; DatasetJob always does")
        boolean enabled,
    @Setting(
            value = "data/datasets",
            doc = "directory or URI; a relative path is relative to the working directory")
        String dir,
    @Setting(value = "1", doc = "parallel writers; each writes its own files") int parallelism,
    @Setting(
            value = "16777216",
            doc = "bytes of one Parquet row group, held in memory per open file")
        int rowGroupBytes,
    @Setting(
            value = "5m",
            doc = "a file is finished, and seen, so long after its first row, at the next checkpoint")
        long rollIntervalMs,
    @Setting(value = "134217728", doc = "a file of so many bytes is finished at once")
        long rollBytes,
    @Setting(value = "3", doc = "zstd level of finished files, 1 (fast) to 19 (small)")
        int zstdLevel) {

  public DatasetSettings {
    Settings.present("dir", dir);
    Settings.atLeast("parallelism", parallelism, 1);
    Settings.atLeast("row_group_bytes", rowGroupBytes, 64 * 1024);
    Settings.atLeast("roll_interval (ms)", rollIntervalMs, 0);
    Settings.atLeast("roll_bytes", rollBytes, 1024 * 1024);
    Settings.atLeast("zstd_level", zstdLevel, 1);
    Settings.atMost("zstd_level", zstdLevel, 19);
  }
}
