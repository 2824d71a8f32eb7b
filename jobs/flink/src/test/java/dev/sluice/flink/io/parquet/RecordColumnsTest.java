// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.flink.RecordGenerator;
import dev.sluice.flink.dataset.Dataset;
import dev.sluice.flink.dataset.Datasets;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.codec.Json;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Conversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordColumnsTest {
  private static final int ROWS = 50;

  @TempDir Path dir;

  static List<Dataset<?>> datasets() {
    return Datasets.ALL;
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void everyDatasetReadsBackAsItWasWritten(Dataset<?> dataset) throws Exception {
    RecordGenerator generator = new RecordGenerator(7);
    List<Record> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(generator.next(dataset.type()));
    }

    List<GenericRecord> read = read(write(dataset.type(), rows));

    assertThat(read).hasSize(ROWS);
    for (int i = 0; i < ROWS; i++) {
      assertThat(plain(read.get(i))).isEqualTo(flattened(rows.get(i), ""));
    }
  }

  @Test
  void columnsAreTyped() {
    assertThat(RecordColumns.of(Tick.class).types().toString())
        .contains("required int64 event_time_us (TIMESTAMP(MICROS,true))")
        .contains("required double stages_fetch_md_ms")
        .contains("optional binary arm (STRING)")
        .contains("optional boolean cache_hit")
        .contains("required int64 seq");
    assertThat(RecordColumns.of(Fill.class).types().toString())
        .contains("required fixed_len_byte_array(16) price (DECIMAL(38,18))")
        .contains("optional double queue_ahead");
    assertThat(RecordColumns.of(Ledger.class).types().toString())
        .contains("required group balances (LIST)")
        .contains("required fixed_len_byte_array(16) total (DECIMAL(38,18))");
    assertThat(RecordColumns.of(Health.class).types().toString())
        .contains("optional group flags (MAP)")
        .contains("optional int64 sent_ticks");
    assertThat(RecordColumns.of(Verdict.class).types().toString())
        .contains("optional double evidence_measured")
        .contains("optional group evidence_inputs (LIST)");
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void everyColumnIsDescribed(Dataset<?> dataset) {
    RecordColumns columns = RecordColumns.ofEvents(dataset.type());

    assertThat(columns.descriptions().keySet())
        .containsAll(columns.types().stream().map(type -> type.getName()).toList());
    assertThat(columns.descriptions())
        .allSatisfy(
            (column, description) ->
                assertThat(description)
                    .as(column)
                    .isNotBlank()
                    .doesNotEndWith(": ")
                    .doesNotContain("{@"));
  }

  @Test
  void aFileSaysWhatItsColumnsMean() throws Exception {
    Map<String, String> metadata = RecordRows.of("ticks", Tick.class, true).metadata();

    assertThat(metadata)
        .containsEntry("sluice.dataset", "ticks")
        .containsEntry("sluice.schema", Tick.SCHEMA);
    assertThat(metadata.get("sluice.units")).contains("cache_age_ms: milliseconds\n");
    assertThat(Json.mapper().readTree(metadata.get("sluice.columns")).get("cache_age_ms"))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    "{\"unit\":\"milliseconds\",\"description\":"
                        + "\"age of the market data used, or null when unknown\"}"));
  }

  @Test
  void eventsCarryTheirIdentityInKafka() {
    assertThat(RecordColumns.ofEvents(Tick.class).types().toString())
        .contains("required int64 ingest_time_us (TIMESTAMP(MICROS,true))")
        .contains("required int64 _topic_partition")
        .contains("required int64 _offset");
  }

  @Test
  void aRequiredValueThatIsMissingIsRefusedByName() throws Exception {
    RecordParquetBuilder<Record> builder =
        new RecordParquetBuilder<>("rows", EdgeCase.class, false, 1 << 20);
    ParquetWriter<Record> writer =
        builder.createWriter(new LocalOutputFile(dir.resolve("refused.segment")));
    assertThatThrownBy(() -> writer.write(new EdgeCase(null, "there")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needed is missing in EdgeCase");
  }

  /** One value that must be there and one that need not. */
  public record EdgeCase(String needed, @Nullable String other) {
    public static final String SCHEMA = "edge_case.v1";
  }

  /** In two segments, made one file. */
  private Path write(Class<? extends Record> type, List<Record> rows) throws Exception {
    RecordParquetBuilder<Record> builder = new RecordParquetBuilder<>("rows", type, false, 1 << 20);
    List<String> segments = List.of("first.segment", "second.segment");
    for (int i = 0; i < segments.size(); i++) {
      Path segment = dir.resolve(segments.get(i));
      try (ParquetWriter<Record> writer = builder.createWriter(new LocalOutputFile(segment))) {
        for (Record row : rows.subList(i * rows.size() / 2, (i + 1) * rows.size() / 2)) {
          writer.write(row);
        }
      }
    }
    new SegmentMerge(new StoreFiles(dir.toUri()), 1 << 20, 3).write(segments, "rows.parquet");
    return dir.resolve("rows.parquet");
  }

  private static List<GenericRecord> read(Path file) throws Exception {
    List<GenericRecord> rows = new ArrayList<>();
    PlainParquetConfiguration standardLists = new PlainParquetConfiguration();
    standardLists.setBoolean("parquet.avro.add-list-element-records", false);
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(new LocalInputFile(file), standardLists)
            .withDataModel(GenericData.get())
            .build()) {
      for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** What the reader gave, in the words of {@link #flattened}. */
  private static Object plain(Object value) {
    if (value instanceof GenericRecord row) {
      Map<String, Object> fields = new TreeMap<>();
      row.getSchema().getFields().forEach(f -> put(fields, f.name(), plain(row.get(f.name()))));
      return fields;
    } else if (value instanceof GenericFixed fixed) {
      return new Conversions.DecimalConversion()
          .fromFixed(fixed, fixed.getSchema(), fixed.getSchema().getLogicalType())
          .stripTrailingZeros();
    } else if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return List.of(copy.length, java.util.Arrays.hashCode(copy));
    } else if (value instanceof List<?> list) {
      return list.stream().map(RecordColumnsTest::plain).toList();
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> entries = new TreeMap<>();
      map.forEach((k, v) -> entries.put(k.toString(), v));
      return entries;
    }
    return value instanceof CharSequence text ? text.toString() : value;
  }

  /** What a row should read back as. */
  private static Map<String, Object> flattened(Record row, String prefix) throws Exception {
    Map<String, Object> fields = new TreeMap<>();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      String name = prefix + Json.snakeCase(component.getName());
      Object value = component.getAccessor().invoke(row);
      if (value instanceof Record nested) {
        fields.putAll(flattened(nested, name + "_"));
      } else {
        put(fields, name, expected(value));
      }
    }
    return fields;
  }

  private static Object expected(Object value) throws Exception {
    if (value instanceof java.math.BigDecimal amount) {
      return amount.stripTrailingZeros();
    } else if (value instanceof byte[] bytes) {
      return List.of(bytes.length, java.util.Arrays.hashCode(bytes));
    } else if (value instanceof Enum<?> constant) {
      return constant.name();
    } else if (value instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      for (Object item : list) {
        values.add(item instanceof Record nested ? flattened(nested, "") : expected(item));
      }
      return values;
    } else if (value instanceof Map<?, ?> map) {
      return new TreeMap<>(map);
    }
    return value;
  }

  private static void put(Map<String, Object> fields, String name, Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
