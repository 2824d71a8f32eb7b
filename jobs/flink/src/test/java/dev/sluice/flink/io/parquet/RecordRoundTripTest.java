// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.flink.RecordGenerator;
import dev.sluice.flink.dataset.Dataset;
import dev.sluice.flink.dataset.Datasets;
import dev.sluice.flink.io.parquet.read.DatasetFile;
import dev.sluice.flink.io.parquet.read.DatasetReader;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.Tick;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written as Parquet is read back as the same records. */
class RecordRoundTripTest {
  private static final int ROWS = 200;

  @TempDir Path dir;

  static List<Dataset<?>> datasets() {
    return Datasets.ALL;
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void everyRecordComesBack(Dataset<?> dataset) throws Exception {
    comesBack(dataset.type());
  }

  private <T extends Record> void comesBack(Class<T> type) throws Exception {
    RecordGenerator generator = new RecordGenerator(13);
    List<T> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(generator.next(type));
    }
    write("dataset=rows/date=2026-01-01/engine=mm-1/part-0.parquet", type, rows);
    write("dataset=rows/.part-1.parquet", type, rows);
    String anyTime = "no_such_column";
    List<T> read = new ArrayList<>();
    DatasetReader<T> reader = new DatasetReader<>(type, anyTime, null);
    List<DatasetFile> files = reader.files(dir.toUri(), "rows");
    assertThat(files).hasSize(1);
    assertThat(files.get(0).rows()).isEqualTo(ROWS);
    reader.readAll(files.get(0), read::add);

    assertThat(read)
        .usingRecursiveComparison()
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .isEqualTo(rows);
  }

  @Test
  void aSpanOfOneEngineIsRead() throws Exception {
    RecordGenerator generator = new RecordGenerator(5);
    List<Bucket> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(generator.next(Bucket.class));
    }
    write("dataset=buckets/part-0.parquet", Bucket.class, rows);
    long fromUs = rows.stream().mapToLong(Bucket::startUs).sorted().toArray()[50];
    long untilUs = rows.stream().mapToLong(Bucket::startUs).sorted().toArray()[150];
    DatasetReader<Bucket> all = new DatasetReader<>(Bucket.class, "start_us", null);
    DatasetFile file = all.files(dir.toUri(), "buckets").get(0);
    assertThat(file.minUs())
        .isEqualTo(rows.stream().mapToLong(Bucket::startUs).min().orElseThrow());
    assertThat(file.maxUs())
        .isEqualTo(rows.stream().mapToLong(Bucket::startUs).max().orElseThrow());
    assertThat(file.overlaps(file.maxUs(), Long.MAX_VALUE)).isTrue();
    assertThat(file.overlaps(file.maxUs() + 1, Long.MAX_VALUE)).isFalse();
    assertThat(file.overlaps(0, file.minUs())).isFalse();

    List<Long> starts = new ArrayList<>();
    all.read(file, fromUs, untilUs, row -> starts.add(row.startUs()));
    assertThat(starts).hasSize(100).allMatch(at -> at >= fromUs && at < untilUs);

    String engine = rows.get(7).engineId();
    List<String> engines = new ArrayList<>();
    new DatasetReader<>(Bucket.class, "start_us", engine)
        .read(file, 0, Long.MAX_VALUE, row -> engines.add(row.engineId()));
    assertThat(engines)
        .hasSize((int) rows.stream().filter(row -> row.engineId().equals(engine)).count())
        .containsOnly(engine);
  }

  @Test
  void noDatasetHasNoFilesAndABrokenFileIsNamed() throws Exception {
    DatasetReader<Tick> ticks = new DatasetReader<>(Tick.class, "event_time_us", null);
    assertThat(ticks.files(dir.toUri(), "ticks")).isEmpty();

    Path broken = dir.resolve("dataset=ticks/part-0.parquet");
    Files.createDirectories(broken.getParent());
    Files.writeString(broken, "no Parquet file at all");
    assertThatThrownBy(() -> ticks.files(dir.toUri(), "ticks"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("part-0.parquet is no Parquet file");
  }

  @Test
  void aMissingColumnIsNamed() throws Exception {
    write(
        "dataset=ticks/part-0.parquet",
        Bucket.class,
        List.of(new RecordGenerator(1).next(Bucket.class)));
    DatasetReader<Calibration> reader = new DatasetReader<>(Calibration.class, "start_us", null);
    DatasetFile file = reader.files(dir.toUri(), "ticks").get(0);
    assertThatThrownBy(() -> reader.readAll(file, row -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Calibration: the file has no column version");
  }

  private <T extends Record> void write(String path, Class<T> type, List<T> rows) throws Exception {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    RecordParquetBuilder<Record> builder = new RecordParquetBuilder<>("rows", type, false, 1 << 20);
    try (ParquetWriter<Record> writer = builder.createWriter(new LocalOutputFile(file))) {
      for (T row : rows) {
        writer.write(row);
      }
    }
  }
}
