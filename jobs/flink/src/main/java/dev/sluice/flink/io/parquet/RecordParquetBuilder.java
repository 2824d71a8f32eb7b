// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import java.io.IOException;
import org.apache.flink.formats.parquet.ParquetBuilder;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * Opens the files of one dataset: zstd, the columns of a record class.
 *
 * @param dataset name of the dataset
 * @param type class of the records, or of the events inside {@code ArchivedEvent}s
 * @param events whether rows are {@code ArchivedEvent}s
 */
record RecordParquetBuilder<T>(
    String dataset, Class<? extends Record> type, boolean events, int rowGroupBytes)
    implements ParquetBuilder<T> {

  @Override
  public ParquetWriter<T> createWriter(OutputFile file) throws IOException {
    RecordColumns columns = events ? RecordColumns.ofEvents(type) : RecordColumns.of(type);
    return new Builder<>(file, new RecordWriteSupport<T>(dataset, columns))
        .withConf(new PlainParquetConfiguration())
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withRowGroupSize((long) rowGroupBytes)
        .build();
  }

  private static final class Builder<T> extends ParquetWriter.Builder<T, Builder<T>> {
    private final WriteSupport<T> support;

    Builder(OutputFile file, WriteSupport<T> support) {
      super(file);
      this.support = support;
    }

    @Override
    protected Builder<T> self() {
      return this;
    }

    @Override
    protected WriteSupport<T> getWriteSupport(ParquetConfiguration configuration) {
      return support;
    }

    @Override
    @Deprecated
    protected WriteSupport<T> getWriteSupport(Configuration configuration) {
      return support;
    }
  }
}
