// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTest {
  private static final long DAY_US = 86_400_000_000L;

  private record Row(String engine, long us) {}

  private final Partition<Row> partition = new Partition<>("ticks", Row::us, Row::engine);

  @Test
  void aRowLiesUnderItsDateAndEngine() {
    assertThat(partition.of(new Row("mm-1.a_B", 1_767_225_600_000_000L)))
        .isEqualTo("dataset=ticks/date=2026-01-01/engine=mm-1.a_B");
    assertThat(partition.of(new Row("mm-1.a_B", 1_767_225_600_000_000L - 1)))
        .isEqualTo("dataset=ticks/date=2025-12-31/engine=mm-1.a_B");
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
  void aWildTimeIsNoDate(long us) {
    assertThat(partition.of(new Row("mm-1", us)))
        .isEqualTo("dataset=ticks/date=__HIVE_DEFAULT_PARTITION__/engine=mm-1");
  }

  @Test
  void aRowWithoutAnEngineLiesUnderNull() {
    String expected = "dataset=ticks/date=2026-01-01/engine=__HIVE_DEFAULT_PARTITION__";
    assertThat(partition.of(new Row(null, 20_454 * DAY_US))).isEqualTo(expected);
    assertThat(partition.of(new Row("", 20_454 * DAY_US))).isEqualTo(expected);
    assertThat(partition.of(new Row("__HIVE_DEFAULT_PARTITION__", 20_454 * DAY_US)))
        .isNotEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, a%2Fb",
    "../../etc, ..%2F..%2Fetc",
    "'a b', a%20b",
    "a%2Fb, a%252Fb",
    "é, %C3%A9",
    "a=b, a%3Db",
    "'a*?', a%2A%3F",
    "'C:\\x', C%3A%5Cx"
  })
  void whatIsNotPlainIsPercentEncoded(String engine, String name) {
    assertThat(PartitionValue.of(engine)).isEqualTo(name);
    assertThat(URLDecoder.decode(name, UTF_8)).isEqualTo(engine);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "/", "../..", "\u0000", "a\nb", "\\..\\", "~", "-"})
  void noEngineLeavesItsDirectory(String engine) {
    Path dir = Path.of("/data");
    Path lies = dir.resolve(partition.of(new Row(engine, 20_454 * DAY_US)));

    assertThat(lies).isEqualTo(lies.normalize()).startsWith(dir);
    assertThat(lies.getNameCount()).isEqualTo(4);
  }

  @Test
  void longIdsAreCutAndStayApart() {
    String left = PartitionValue.of("x".repeat(299) + "1");
    String right = PartitionValue.of("x".repeat(299) + "2");
    String escaped = PartitionValue.of("/".repeat(300));

    assertThat(left).isNotEqualTo(right).startsWith("xxx").hasSizeLessThanOrEqualTo(200);
    assertThat(escaped).hasSizeLessThanOrEqualTo(200).matches("(%2F)+-[0-9a-f]{32}");
    assertThat(PartitionValue.of("x".repeat(200))).isEqualTo("x".repeat(200));
  }
}
