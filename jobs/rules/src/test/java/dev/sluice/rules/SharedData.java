// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds data outside the repository, and files of the repository itself. */
public final class SharedData {
  private SharedData() {}

  /** A directory of the shared test data; the test is skipped where it is absent. */
  public static Path directory(String name) {
    String configured = System.getProperty("sluice.shared");
    Path shared = configured == null ? above("shared/data") : Path.of(configured);
    Path directory = shared == null ? null : shared.resolve(name);
    assumeTrue(
        directory != null && Files.isDirectory(directory),
        "shared test data `" + name + "` is not on this machine");
    return directory;
  }

  /** A path within the repository. */
  public static Path repository(String name) {
    return above(name);
  }

  private static Path above(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(name))) {
        return at.resolve(name);
      }
    }
    return null;
  }
}
