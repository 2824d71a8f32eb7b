// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.util.TemporaryClassLoaderContext;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * Writes the rows of several Parquet files of one schema into one, in their order, in row groups of
 * full size. Knows nothing of records: rows go from the columns of one file to those of the other.
 */
final class SegmentMerge {
  private static final String WRITER_MODEL = "writer.model.name";

  private final StoreFiles files;
  private final int rowGroupBytes;
  private final int zstdLevel;

  SegmentMerge(StoreFiles files, int rowGroupBytes, int zstdLevel) {
    this.files = files;
    this.rowGroupBytes = rowGroupBytes;
    this.zstdLevel = zstdLevel;
  }

  /**
   * Makes one file, which appears when it is complete.
   *
   * @param segments paths of the files to read, at least one
   */
  void write(List<String> segments, String target) throws IOException {
    // codecs outlive the job: see FileProperties
    try (var ignored = TemporaryClassLoaderContext.of(SegmentMerge.class.getClassLoader())) {
      merge(segments, target);
    }
  }

  private void merge(List<String> segments, String target) throws IOException {
    FileMetaData first;
    try (ParquetFileReader reader = open(segments.get(0))) {
      first = reader.getFileMetaData();
    }
    MessageType schema = first.getSchema();
    Map<String, String> metadata = new HashMap<>(first.getKeyValueMetaData());
    metadata.remove(WRITER_MODEL);
    RowCopySupport rows = new RowCopySupport(schema, metadata);
    files.writeWhole(
        target,
        out -> {
          BulkWriter<RecordReader<Void>> writer =
              new ParquetWriterFactory<RecordReader<Void>>(
                      file -> FileProperties.finished(file, rows, schema, rowGroupBytes, zstdLevel))
                  .create(out);
          for (String segment : segments) {
            try (ParquetFileReader reader = open(segment)) {
              copy(reader, schema, rows, writer);
            }
          }
          writer.finish();
        });
  }

  private static void copy(
      ParquetFileReader reader,
      MessageType schema,
      RowCopySupport rows,
      BulkWriter<RecordReader<Void>> writer)
      throws IOException {
    MessageColumnIO columns = new ColumnIOFactory().getColumnIO(schema);
    for (PageReadStore group = reader.readNextRowGroup();
        group != null;
        group = reader.readNextRowGroup()) {
      RecordReader<Void> row = columns.getRecordReader(group, rows.materializer());
      for (long i = 0; i < group.getRowCount(); i++) {
        if (Thread.currentThread().isInterrupted()) {
          throw new IOException("stopped");
        }
        writer.addElement(row);
      }
    }
  }

  private ParquetFileReader open(String path) throws IOException {
    return ParquetFileReader.open(
        files.parquet(path), ParquetReadOptions.builder(new PlainParquetConfiguration()).build());
  }
}
