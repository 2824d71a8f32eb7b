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
        int rowGroupBytes) {

  public DatasetSettings {
    Settings.present("dir", dir);
    Settings.atLeast("parallelism", parallelism, 1);
    Settings.atLeast("row_group_bytes", rowGroupBytes, 64 * 1024);
  }
}
