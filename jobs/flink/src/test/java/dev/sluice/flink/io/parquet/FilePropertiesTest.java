// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.RecordGenerator;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.codec.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lets a reader skip, in a file made of two segments. */
class FilePropertiesTest {
  private static final int ROWS = 130_000;
  private static final long START_US = 1_767_225_600_000_000L;

  @TempDir Path dir;

  @Test
  void rowGroupsAreFullAndSayWhatIsInThem() throws Exception {
    RecordParquetBuilder<Record> segments =
        new RecordParquetBuilder<>("fills", Fill.class, false, 1 << 24);
    write(segments, "a.segment", 0, ROWS / 2);
    write(segments, "b.segment", ROWS / 2, ROWS);
    new SegmentMerge(new StoreFiles(dir.toUri()), 1 << 28, 3)
        .write(List.of("a.segment", "b.segment"), "fills.parquet");

    try (ParquetFileReader reader =
        ParquetFileReader.open(
            new LocalInputFile(dir.resolve("fills.parquet")),
            ParquetReadOptions.builder(new PlainParquetConfiguration()).build())) {
      List<BlockMetaData> groups = reader.getRowGroups();
      assertThat(groups)
          .extracting(BlockMetaData::getRowCount)
          .containsExactly(
              (long) FileProperties.MAX_ROWS_PER_GROUP,
              (long) ROWS - FileProperties.MAX_ROWS_PER_GROUP);
      long first = START_US;
      for (BlockMetaData group : groups) {
        ColumnChunkMetaData time = column(group, "event_time_us");
        long last = first + (group.getRowCount() - 1) * 1_000;
        assertThat(time.getStatistics().genericGetMin()).isEqualTo(first);
        assertThat(time.getStatistics().genericGetMax()).isEqualTo(last);
        assertThat(reader.readColumnIndex(time).getMinValues().size()).isGreaterThan(0);
        first = last + 1_000;
        assertThat(column(group, "price").getStatistics().hasNonNullValue()).isTrue();
        assertThat(group.getColumns())
            .allMatch(chunk -> chunk.getCodec() == CompressionCodecName.ZSTD);
      }
      assertThat(column(groups.get(0), "client_order_id").getBloomFilterOffset()).isPositive();
      assertThat(reader.getFileMetaData().getKeyValueMetaData())
          .containsEntry("sluice.schema", Fill.SCHEMA);
    }
  }

  private static ColumnChunkMetaData column(BlockMetaData group, String name) {
    return group.getColumns().stream()
        .filter(chunk -> chunk.getPath().toDotString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void write(RecordParquetBuilder<Record> segments, String name, int from, int to)
      throws Exception {
    ObjectNode fill = Json.mapper().valueToTree(new RecordGenerator(1).next(Fill.class));
    List<Record> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      fill.put("event_time_us", START_US + i * 1_000L).put("client_order_id", "order-" + i * 7L);
      rows.add(Json.mapper().treeToValue(fill, Fill.class));
    }
    try (ParquetWriter<Record> writer =
        segments.createWriter(new LocalOutputFile(dir.resolve(name)))) {
      for (Record row : rows) {
        writer.write(row);
      }
    }
  }
}
