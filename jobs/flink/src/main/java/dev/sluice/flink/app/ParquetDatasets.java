// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.ArchivedEvent;
import dev.sluice.flink.config.DatasetSettings;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.dataset.Dataset;
import dev.sluice.flink.dataset.DatasetSinks;
import dev.sluice.flink.io.FilePlugins;
import dev.sluice.flink.io.Locations;
import dev.sluice.flink.io.parquet.ParquetSinks;
import dev.sluice.flink.io.parquet.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/** Datasets as Parquet files under the configured directory. */
public final class ParquetDatasets implements DatasetSinks {
  private final ParquetSinks files;

  private ParquetDatasets(ParquetSinks files) {
    this.files = files;
  }

  /**
   * Datasets where the configuration wants them.
   *
   * @throws UncheckedIOException when the file system of that place cannot be set up
   */
  public static ParquetDatasets in(SluiceConfig config) {
    DatasetSettings settings = config.datasets();
    URI dir = Locations.uri(settings.dir());
    try {
      FilePlugins.loadFor(dir);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot set up the file system of " + dir, e);
    }
    return new ParquetDatasets(
        new ParquetSinks(
            new StoreSettings(
                dir,
                settings.rowGroupBytes(),
                settings.rollBytes(),
                settings.rollIntervalMs(),
                settings.zstdLevel())));
  }

  @Override
  public <T extends Record> OneInputStreamOperator<ArchivedEvent<T>, Void> events(
      Dataset<T> dataset) {
    return files.events(dataset.name(), dataset.type(), dataset.time(), dataset.engine());
  }

  @Override
  public <T extends Record> OneInputStreamOperator<T, Void> rows(Dataset<T> dataset) {
    return files.rows(dataset.name(), dataset.type(), dataset.time(), dataset.engine());
  }
}
