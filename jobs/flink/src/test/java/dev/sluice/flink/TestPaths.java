// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are, seen from a test. */
public final class TestPaths {
  private TestPaths() {}

  /**
   * The root of the repository: the nearest directory above that holds {@code config} and schemas.
   */
  public static Path repositoryRoot() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(directory.resolve("schemas"))
        || !Files.isDirectory(directory.resolve("config"))) {
      directory = directory.getParent();
    }
    return directory;
  }
}
