// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFilesTest {
  @TempDir Path dir;

  @Test
  void onlyFinishedFilesAreListedByTheNamesTheyHaveOnDisk() throws Exception {
    put("dataset=ticks/date=2026-11-01/engine=a%2Fb/part-1.parquet");
    put("dataset=ticks/date=2026-11-01/engine=mm-1/part-2.parquet");
    put("dataset=ticks/date=2026-11-01/engine=mm-1/.part-3.parquet.inprogress.4");
    put("dataset=ticks/date=2026-11-01/engine=mm-1/.part-5.parquet");
    put("dataset=ticks/date=2026-11-01/_manifest.json");
    put("_temporary/part-6.parquet");

    DatasetFiles files = DatasetFiles.below(dir.toString());

    assertThat(files.parquet())
        .extracting(DatasetFiles.Found::path)
        .containsExactly(
            "dataset=ticks/date=2026-11-01/engine=a%2Fb/part-1.parquet",
            "dataset=ticks/date=2026-11-01/engine=mm-1/part-2.parquet");
    for (DatasetFiles.Found found : files.parquet()) {
      assertThat(found.sizeBytes()).isEqualTo(found.path().length());
      assertThat(found.modifiedMs())
          .isEqualTo(Files.getLastModifiedTime(dir.resolve(found.path())).toMillis());
      assertThat(read(files, found.path())).isEqualTo(found.path());
    }
  }

  @Test
  void whatIsNotThereHoldsNoFiles() throws Exception {
    DatasetFiles files = DatasetFiles.below(dir.resolve("none").toString());

    assertThat(files.parquet()).isEmpty();
    assertThat(files.exists("x")).isFalse();
    assertThatThrownBy(() -> files.open("x")).isInstanceOf(IOException.class);
  }

  @Test
  void aFileIsReplacedWholeAndNothingElseIsLeft() throws Exception {
    DatasetFiles files = DatasetFiles.below(dir.resolve("with space").toUri());
    String path = "dataset=ticks/date=2026-11-01/_manifest.json";

    files.write(path, "first, and longer".getBytes(UTF_8));
    files.write(path, "second".getBytes(UTF_8));

    assertThat(read(files, path)).isEqualTo("second");
    try (Stream<Path> all = Files.walk(dir)) {
      assertThat(all.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  private void put(String path) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, path);
  }

  private static String read(DatasetFiles files, String path) throws IOException {
    try (InputStream in = files.open(path)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
