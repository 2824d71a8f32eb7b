// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.calibrate;

import dev.sluice.cli.CliException;
import dev.sluice.cli.flink.EmbeddedFlink;
import dev.sluice.flink.app.CalibrationBackfill;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.dataset.Datasets;
import dev.sluice.flink.io.Locations;
import dev.sluice.flink.io.parquet.read.DatasetFile;
import dev.sluice.flink.io.parquet.read.DatasetReader;
import dev.sluice.rules.calibration.CalibrationSet;
import dev.sluice.schemas.Calibration;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobStatus;

/** The rows of a calibration dataset, archived or made anew from archived buckets. */
public final class CalibrationRows {
  private final DatasetReader<Calibration> reader;

  /**
   * Rows of datasets.
   *
   * @param engineId of this engine alone; null for all
   */
  public CalibrationRows(String engineId) {
    reader = new DatasetReader<>(Calibration.class, "start_us", engineId);
  }

  /**
   * The files of the calibration dataset in a directory; none when it has none.
   *
   * @param directory of the datasets, a path or a URI
   */
  public List<DatasetFile> files(String directory) throws IOException {
    return reader.files(Locations.uri(directory), Datasets.CALIBRATION.name());
  }

  /** Those rows of the files that are wanted. */
  public CalibrationSet read(List<DatasetFile> files, Predicate<Calibration> wanted)
      throws IOException {
    CalibrationSet set = new CalibrationSet();
    for (DatasetFile file : files) {
      reader.read(
          file,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          row -> {
            if (wanted.test(row)) {
              set.add(row);
            }
          });
    }
    return set;
  }

  /**
   * Makes the rows anew from archived buckets and amendments, on a Flink in this process.
   *
   * @param config where the rows go is {@code datasets.dir}
   * @return false when there is no bucket
   * @throws CliException when the job fails
   */
  public boolean backfill(String archive, SluiceConfig config) throws IOException {
    CalibrationBackfill backfill = CalibrationBackfill.of(archive, reader.engineId());
    if (backfill.isEmpty()) {
      return false;
    }
    EmbeddedFlink.Options options =
        new EmbeddedFlink.Options("sluice-calibrate", 1, 0, Optional.empty());
    try (EmbeddedFlink flink = EmbeddedFlink.start(options, env -> backfill.define(env, config))) {
      if (flink.awaitEnd() != JobStatus.FINISHED) {
        throw CliException.environment(
            "the backfill failed: " + flink.failure().orElse("?"),
            archive,
            "'sluice verify' says which files are whole",
            null);
      }
    }
    return true;
  }
}
