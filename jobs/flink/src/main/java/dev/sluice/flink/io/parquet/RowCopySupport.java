// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Writes a row by reading it: what the reader finds goes straight to the columns written. */
final class RowCopySupport extends WriteSupport<RecordReader<Void>> {
  private final MessageType schema;
  private final Map<String, String> metadata;
  private RecordConsumer out;

  RowCopySupport(MessageType schema, Map<String, String> metadata) {
    this.schema = schema;
    this.metadata = metadata;
  }

  /** Takes the rows of one row group; only once the writer is open. */
  RecordMaterializer<Void> materializer() {
    GroupConverter root = FieldCopy.message(schema, out);
    return new RecordMaterializer<>() {
      @Override
      public Void getCurrentRecord() {
        return null;
      }

      @Override
      public GroupConverter getRootConverter() {
        return root;
      }
    };
  }

  @Override
  public String getName() {
    return RecordWriteSupport.NAME;
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(schema, metadata);
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
  public void write(RecordReader<Void> row) {
    row.read();
  }
}
