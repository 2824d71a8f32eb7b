// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatestCheckpointTest {
  @TempDir Path dir;

  @Test
  void theNewestCompleteOneOfAllRunsIsFound() throws IOException {
    checkpoint("aaaa/chk-41", 1_000);
    Path newest = checkpoint("bbbb/chk-3", 2_000);
    Files.createDirectories(dir.resolve("bbbb/chk-4"));
    Files.createDirectories(dir.resolve("bbbb/shared"));

    assertThat(LatestCheckpoint.find(dir)).contains(newest);
  }

  @Test
  void theHigherNumberWinsWithinOneInstant() throws IOException {
    checkpoint("aaaa/chk-9", 1_000);
    Path newest = checkpoint("aaaa/chk-10", 1_000);

    assertThat(LatestCheckpoint.find(dir)).contains(newest);
  }

  @Test
  void aSavepointCounts() throws IOException {
    Path savepoint = checkpoint("savepoint-12ab", 1_000);

    assertThat(LatestCheckpoint.find(dir)).contains(savepoint);
  }

  @Test
  void nothingIsFoundWhereNothingIs() {
    assertThat(LatestCheckpoint.find(dir)).isEmpty();
    assertThat(LatestCheckpoint.find(dir.resolve("absent"))).isEmpty();
  }

  private Path checkpoint(String name, long writtenAtMs) throws IOException {
    Path checkpoint = Files.createDirectories(dir.resolve(name));
    Path metadata = Files.writeString(checkpoint.resolve("_metadata"), "m");
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(writtenAtMs));
    return checkpoint;
  }
}
