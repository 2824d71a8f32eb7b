// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Removes directories of our own making. */
public final class Cleanup {
  private Cleanup() {}

  /** Deletes a directory with all it holds; what cannot be deleted stays. */
  public static void delete(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | java.io.UncheckedIOException e) {
      org.slf4j.LoggerFactory.getLogger(Cleanup.class).warn("could not clean {}", directory, e);
    }
  }
}
