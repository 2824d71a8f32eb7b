// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import dev.sluice.flink.ArchivedEvent;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/**
 * One Parquet file of raw events, with the columns and the compression of the archive but without
 * its checkpoints: it is there when it is closed. For measurements. One thread.
 */
public final class EventFile<T extends Record> implements AutoCloseable {
  private final ParquetWriter<ArchivedEvent<T>> writer;

  /**
   * Opens a file that does not exist yet.
   *
   * @param rowGroupBytes what it may hold in memory
   * @throws IOException when it exists, or cannot be written
   */
  public EventFile(String dataset, Class<T> type, int rowGroupBytes, Path file) throws IOException {
    writer =
        new RecordParquetBuilder<ArchivedEvent<T>>(dataset, type, true, rowGroupBytes)
            .createWriter(new LocalOutputFile(file));
  }

  /** Adds a row. */
  public void write(ArchivedEvent<T> row) throws IOException {
    writer.write(row);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
