// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** Writes records of one class as rows. */
final class RecordWriteSupport<T> extends WriteSupport<T> {
  private final String dataset;
  private final RecordColumns columns;
  private RecordConsumer out;

  RecordWriteSupport(String dataset, RecordColumns columns) {
    this.dataset = dataset;
    this.columns = columns;
  }

  @Override
  public String getName() {
    return "sluice";
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(
        new MessageType(dataset, columns.types()),
        Map.of("sluice.dataset", dataset, "sluice.units", Units.describe(columns.types())));
  }

  @Override
  @Deprecated
  public WriteContext init(Configuration configuration) {
    throw new UnsupportedOperationException("written without Hadoop's configuration");
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(T row) {
    out.startMessage();
    columns.write(row, out);
    out.endMessage();
  }
}
