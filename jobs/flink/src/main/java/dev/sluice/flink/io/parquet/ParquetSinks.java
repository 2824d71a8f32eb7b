// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import dev.sluice.flink.ArchivedEvent;
import dev.sluice.flink.RecordEngine;
import dev.sluice.flink.RecordTime;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/**
 * Operators that write Parquet under {@code
 * <dir>/dataset=<name>/date=YYYY-MM-DD/engine=<id>/part-….parquet}, each row exactly once. Until a
 * file is complete, its rows are in {@code .part-….segment} files, which no {@code *.parquet} glob
 * sees.
 */
public final class ParquetSinks {
  private final StoreSettings settings;

  public ParquetSinks(StoreSettings settings) {
    this.settings = settings;
  }

  /** Rows of a record class. */
  public <T extends Record> OneInputStreamOperator<T, Void> rows(
      String dataset, Class<T> type, RecordTime<T> time, RecordEngine<T> engine) {
    return new ParquetStoreOperator<>(
        new Partition<>(dataset, time, engine),
        new RecordParquetBuilder<T>(dataset, type, false, settings.rowGroupBytes()),
        settings);
  }

  /** Rows of raw events, with their identity in Kafka in three more columns. */
  public <T extends Record> OneInputStreamOperator<ArchivedEvent<T>, Void> events(
      String dataset, Class<T> type, RecordTime<T> time, RecordEngine<T> engine) {
    return new ParquetStoreOperator<>(
        new Partition<>(
            dataset,
            archived -> time.us(archived.event()),
            archived -> engine.id(archived.event())),
        new RecordParquetBuilder<ArchivedEvent<T>>(dataset, type, true, settings.rowGroupBytes()),
        settings);
  }
}
