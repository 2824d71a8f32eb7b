// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes records of one class as rows. */
final class RecordWriteSupport<T> extends WriteSupport<T> {
  static final String NAME = "sluice";

  private final RecordRows rows;
  private RecordConsumer out;

  RecordWriteSupport(RecordRows rows) {
    this.rows = rows;
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(rows.schema(), rows.metadata());
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
    rows.columns().write(row, out);
    out.endMessage();
  }
}
