// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet.read;

import dev.sluice.flink.io.DatasetFiles;
import dev.sluice.schemas.Nullable;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Binary;

/**
 * Reads the rows of a dataset as records, a span of time at once: what a file's statistics exclude
 * is not read. The directories below the dataset may be any.
 *
 * @param type class of the rows
 * @param timeColumn column the spans are of, a timestamp
 * @param engineId rows of this engine alone; null for all
 */
public record DatasetReader<T extends Record>(
    Class<T> type, String timeColumn, @Nullable String engineId) implements Serializable {

  /**
   * The files of a dataset, none when it is not there.
   *
   * @param directory the directory of the datasets
   * @throws IOException when a file is no Parquet file or cannot be reached
   */
  public List<DatasetFile> files(URI directory, String dataset) throws IOException {
    DatasetFiles below = DatasetFiles.below(directory);
    String root = directory.toString().replaceAll("/+$", "");
    List<DatasetFile> files = new ArrayList<>();
    for (DatasetFiles.Found found : below.below("dataset=" + dataset, ".parquet")) {
      files.add(described(root + "/" + found.path()));
    }
    return files;
  }

  private DatasetFile described(String uri) throws IOException {
    long rows = 0;
    long minUs = Long.MAX_VALUE;
    long maxUs = Long.MIN_VALUE;
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (ParquetFileReader reader = ParquetFileReader.open(new FlinkInputFile(uri), options)) {
      for (BlockMetaData block : reader.getRowGroups()) {
        rows += block.getRowCount();
        LongStatistics times = times(block);
        minUs = Math.min(minUs, times == null ? Long.MIN_VALUE : times.getMin());
        maxUs = Math.max(maxUs, times == null ? Long.MAX_VALUE : times.getMax());
      }
    } catch (RuntimeException e) {
      throw new IOException(uri + " is no Parquet file: " + e.getMessage(), e);
    }
    return new DatasetFile(uri, rows, minUs, maxUs);
  }

  /** The statistics of the time column in a row group; null when it has none. */
  private LongStatistics times(BlockMetaData block) {
    for (ColumnChunkMetaData column : block.getColumns()) {
      if (column.getPath().toDotString().equals(timeColumn)
          && column.getStatistics() instanceof LongStatistics statistics
          && statistics.hasNonNullValue()) {
        return statistics;
      }
    }
    return null;
  }

  /**
   * Reads the rows of a file whose time is in {@code [fromUs, untilUs)}, in the order of the file.
   *
   * @throws IOException when it cannot be read or lacks a column the records need
   */
  public void read(DatasetFile file, long fromUs, long untilUs, Consumer<T> into)
      throws IOException {
    read(file, FilterCompat.get(wanted(fromUs, untilUs)), into);
  }

  /**
   * Reads every row of a file, of any engine and any time.
   *
   * @throws IOException as {@link #read}
   */
  public void readAll(DatasetFile file, Consumer<T> into) throws IOException {
    read(file, FilterCompat.NOOP, into);
  }

  private void read(DatasetFile file, FilterCompat.Filter filter, Consumer<T> into)
      throws IOException {
    try (ParquetReader<T> reader =
        new Builder<>(new FlinkInputFile(file.uri()), type).withFilter(filter).build()) {
      for (T row = reader.read(); row != null; row = reader.read()) {
        into.accept(row);
      }
    } catch (RuntimeException e) {
      throw new IOException(file.uri() + ": " + e.getMessage(), e);
    }
  }

  private FilterPredicate wanted(long fromUs, long untilUs) {
    FilterPredicate span =
        FilterApi.and(
            FilterApi.gtEq(FilterApi.longColumn(timeColumn), fromUs),
            FilterApi.lt(FilterApi.longColumn(timeColumn), untilUs));
    return engineId == null
        ? span
        : FilterApi.and(
            span, FilterApi.eq(FilterApi.binaryColumn("engine_id"), Binary.fromString(engineId)));
  }

  private static final class Builder<T extends Record> extends ParquetReader.Builder<T> {
    private final Class<T> type;

    Builder(InputFile file, Class<T> type) {
      super(file, new PlainParquetConfiguration());
      this.type = type;
    }

    @Override
    protected ReadSupport<T> getReadSupport() {
      return new RecordReadSupport<>(type);
    }
  }
}
