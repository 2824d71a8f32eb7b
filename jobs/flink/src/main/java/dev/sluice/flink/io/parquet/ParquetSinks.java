// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import dev.sluice.flink.ArchivedEvent;
import dev.sluice.flink.RecordTime;
import java.net.URI;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;

/**
 * Sinks that write Parquet under {@code <dir>/dataset=<name>/date=YYYY-MM-DD/part-….parquet}, each
 * row exactly once: a file gets its name when the checkpoint that covers it completes; until then
 * it is {@code .part-….parquet.inprogress.…} and no {@code *.parquet} glob sees it.
 */
public final class ParquetSinks {
  private final URI dir;
  private final int rowGroupBytes;

  /**
   * Sinks under one directory.
   *
   * @param rowGroupBytes what one open file may hold in memory
   */
  public ParquetSinks(URI dir, int rowGroupBytes) {
    this.dir = dir;
    this.rowGroupBytes = rowGroupBytes;
  }

  /** Rows of a record class. */
  public <T extends Record> FileSink<T> rows(String dataset, Class<T> type, RecordTime<T> time) {
    return sink(
        new RecordParquetBuilder<T>(dataset, type, false, rowGroupBytes),
        new DatePartition<>(dataset, time));
  }

  /** Rows of raw events, with their identity in Kafka in three more columns. */
  public <T extends Record> FileSink<ArchivedEvent<T>> events(
      String dataset, Class<T> type, RecordTime<T> time) {
    return sink(
        new RecordParquetBuilder<ArchivedEvent<T>>(dataset, type, true, rowGroupBytes),
        new DatePartition<>(dataset, archived -> time.us(archived.event())));
  }

  private <T> FileSink<T> sink(RecordParquetBuilder<T> builder, DatePartition<T> partition) {
    return FileSink.forBulkFormat(new Path(dir), new ParquetWriterFactory<>(builder))
        .withBucketAssigner(partition)
        .withOutputFileConfig(
            OutputFileConfig.builder().withPartPrefix("part").withPartSuffix(".parquet").build())
        .build();
  }
}
