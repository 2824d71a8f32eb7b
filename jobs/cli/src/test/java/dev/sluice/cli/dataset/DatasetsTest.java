// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are data, and what their paths say. */
class DatasetsTest {
  @TempDir Path directory;

  @Test
  void filesWithAndWithoutAnEngineInTheirPathsAreReadTogether() throws Exception {
    put("dataset=ticks/date=2026-01-05/part-0.parquet", "1");
    put("dataset=ticks/date=2026-01-05/engine=12/part-1.parquet", "2");
    put("dataset=ticks/date=2026-01-06/engine=a%2Fb/part-2.parquet", "3");
    put("dataset=ticks/date=__HIVE_DEFAULT_PARTITION__/engine=mm-1/part-3.parquet", "4");
    put("dataset=ticks/date=2026-01-06/engine=__HIVE_DEFAULT_PARTITION__/part-4.parquet", "5");
    try (Datasets datasets = new Datasets(directory)) {
      assertThat(datasets.query("SELECT n, engine, date::VARCHAR FROM ticks ORDER BY n").values())
          .containsExactly(
              java.util.Arrays.asList(1, null, "2026-01-05"),
              List.of(2, "12", "2026-01-05"),
              List.of(3, "a/b", "2026-01-06"),
              java.util.Arrays.asList(4, "mm-1", null),
              java.util.Arrays.asList(5, null, "2026-01-06"));
    }
  }

  @Test
  void hiddenFilesAndManifestsAreNoData() throws Exception {
    put("dataset=ticks/date=2026-01-05/engine=mm-1/part-0.parquet", "1");
    put("dataset=ticks/date=2026-01-05/engine=mm-1/.part-1.parquet", "2");
    put("dataset=ticks/date=2026-01-05/engine=mm-1/_part-2.parquet", "3");
    Files.writeString(directory.resolve("dataset=ticks/date=2026-01-05/_manifest.json"), "{}");
    Files.createDirectories(directory.resolve("dataset=fills/date=2026-01-05"));
    try (Datasets datasets = new Datasets(directory)) {
      assertThat(datasets.rows("ticks")).isEqualTo(1);
      assertThat(datasets.has("fills")).isFalse();
      assertThat(datasets.rows("fills")).isZero();
      assertThat(datasets.views()).containsOnlyKeys("ticks");
    }
  }

  @Test
  void aDirectoryThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> new Datasets(directory.resolve("nowhere")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nowhere");
  }

  private void put(String path, String number) throws Exception {
    Parquet.write(directory.resolve("made"), "one", "SELECT " + number + " AS n");
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.move(directory.resolve("made/dataset=one/all.parquet"), file);
    Files.delete(directory.resolve("made/dataset=one"));
    Files.delete(directory.resolve("made"));
  }
}
