// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import java.io.IOException;
import org.apache.flink.util.TemporaryClassLoaderContext;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.codec.ZstandardCodec;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * How Parquet files are written. Whole numbers that only grow or differ (instants, sequence
 * numbers, offsets) are delta-encoded, everything else has a dictionary until it is too large;
 * every column has its least and greatest value per row group and page, and identifiers a Bloom
 * filter.
 */
final class FileProperties {
  /** DuckDB's own size of row groups: it reads them in parallel and skips them whole. */
  static final int MAX_ROWS_PER_GROUP = 122_880;

  private static final int FASTEST_ZSTD = 1;
  private static final int SEGMENT_PAGE_BYTES = 64 * 1024;
  private static final int DICTIONARY_BYTES = 512 * 1024;
  private static final int BLOOM_FILTER_BYTES = 256 * 1024;
  private static final int STATISTICS_BYTES = 64;

  private FileProperties() {}

  /** A segment: quickly written, little memory, read once. */
  static <T> ParquetWriter<T> segment(
      OutputFile file, WriteSupport<T> rows, MessageType schema, int rowGroupBytes)
      throws IOException {
    return build(
        builder(file, rows, schema, rowGroupBytes, FASTEST_ZSTD)
            .withPageSize(SEGMENT_PAGE_BYTES)
            .withDictionaryPageSize(SEGMENT_PAGE_BYTES));
  }

  /** A file for readers. */
  static <T> ParquetWriter<T> finished(
      OutputFile file, WriteSupport<T> rows, MessageType schema, int rowGroupBytes, int zstdLevel)
      throws IOException {
    Builder<T> builder =
        builder(file, rows, schema, rowGroupBytes, zstdLevel)
            .withDictionaryPageSize(DICTIONARY_BYTES)
            .withAdaptiveBloomFilterEnabled(true)
            .withMaxBloomFilterBytes(BLOOM_FILTER_BYTES);
    for (ColumnDescriptor column : schema.getColumns()) {
      String name = String.join(".", column.getPath());
      if (identifier(column, name)) {
        builder.withBloomFilterEnabled(name, true);
      }
    }
    return build(builder);
  }

  /**
   * Parquet keeps a codec for ever, with the class loader of the thread that first wanted it; that
   * of a job is closed when the job ends.
   */
  private static <T> ParquetWriter<T> build(Builder<T> builder) throws IOException {
    try (var ignored = TemporaryClassLoaderContext.of(FileProperties.class.getClassLoader())) {
      return builder.build();
    }
  }

  private static <T> Builder<T> builder(
      OutputFile file, WriteSupport<T> rows, MessageType schema, int rowGroupBytes, int zstdLevel) {
    PlainParquetConfiguration configuration = new PlainParquetConfiguration();
    configuration.setInt(ZstandardCodec.PARQUET_COMPRESS_ZSTD_LEVEL, zstdLevel);
    Builder<T> builder =
        new Builder<>(file, rows)
            .withConf(configuration)
            .withWriterVersion(WriterVersion.PARQUET_2_0)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize((long) rowGroupBytes)
            .withRowGroupRowCountLimit(MAX_ROWS_PER_GROUP)
            .withStatisticsTruncateLength(STATISTICS_BYTES)
            .withColumnIndexTruncateLength(STATISTICS_BYTES);
    for (ColumnDescriptor column : schema.getColumns()) {
      if (column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64) {
        builder.withDictionaryEncoding(String.join(".", column.getPath()), false);
      }
    }
    return builder;
  }

  /**
   * Identifiers that many rows have each their own of; those of engines, runs and rules are few.
   */
  private static boolean identifier(ColumnDescriptor column, String name) {
    return column.getMaxRepetitionLevel() == 0
        && name.matches("(client_order|venue_order|intent|decision|fill|finding|verdict|audit)_id");
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
