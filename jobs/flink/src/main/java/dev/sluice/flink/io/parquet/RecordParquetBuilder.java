// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import java.io.IOException;
import org.apache.flink.formats.parquet.ParquetBuilder;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.OutputFile;

/**
 * Opens the segments of one dataset, with the columns of a record class, which are derived when the
 * first one is opened. One thread.
 */
final class RecordParquetBuilder<T> implements ParquetBuilder<T> {
  private static final long serialVersionUID = 1L;

  private final String dataset;
  private final Class<? extends Record> type;
  private final boolean events;
  private final int rowGroupBytes;
  private transient RecordRows rows;

  /**
   * For a dataset.
   *
   * @param type class of the records, or of the events inside {@code ArchivedEvent}s
   * @param events whether rows are {@code ArchivedEvent}s
   */
  RecordParquetBuilder(
      String dataset, Class<? extends Record> type, boolean events, int rowGroupBytes) {
    this.dataset = dataset;
    this.type = type;
    this.events = events;
    this.rowGroupBytes = rowGroupBytes;
  }

  @Override
  public ParquetWriter<T> createWriter(OutputFile file) throws IOException {
    if (rows == null) {
      rows = RecordRows.of(dataset, type, events);
    }
    return FileProperties.segment(
        file, new RecordWriteSupport<T>(rows), rows.schema(), rowGroupBytes);
  }
}
