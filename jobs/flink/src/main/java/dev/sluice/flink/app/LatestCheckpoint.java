// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a job that was killed can be resumed from. */
public final class LatestCheckpoint {
  private LatestCheckpoint() {}

  /**
   * The newest complete checkpoint or savepoint under a local checkpoint directory: the directory
   * whose {@code _metadata}, written last, is the youngest. Empty when there is none.
   */
  public static Optional<Path> find(Path checkpointDir) {
    if (!Files.isDirectory(checkpointDir)) {
      return Optional.empty();
    }
    try (Stream<Path> files =
        Files.find(checkpointDir, 3, (path, attributes) -> isMetadata(path))) {
      return files
          .max(
              Comparator.comparing(LatestCheckpoint::writtenAtMs)
                  .thenComparingLong(LatestCheckpoint::number))
          .map(Path::getParent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMetadata(Path path) {
    return path.getFileName().toString().equals("_metadata");
  }

  private static long writtenAtMs(Path metadata) {
    return metadata.toFile().lastModified();
  }

  private static long number(Path metadata) {
    String name = metadata.getParent().getFileName().toString();
    return name.matches("chk-\\d{1,18}") ? Long.parseLong(name.substring(4)) : -1;
  }
}
