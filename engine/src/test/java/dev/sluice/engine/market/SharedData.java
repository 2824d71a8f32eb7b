// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds real test data that is not part of the repository. */
public final class SharedData {
  private SharedData() {}

  /**
   * A folder of {@code shared/data}: below the system property {@code sluice.shared}, else of the
   * nearest directory above the working one. Absent: the calling test is skipped.
   */
  public static Path folder(String name) {
    Path data = root();
    boolean there = data != null && Files.isDirectory(data.resolve(name));
    Assumptions.assumeTrue(there, "shared/data/" + name + " is absent: skipped");
    return data.resolve(name);
  }

  private static Path root() {
    String property = System.getProperty("sluice.shared");
    if (property != null) {
      return Path.of(property, "data");
    }
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null) {
      if (Files.isDirectory(directory.resolve("shared/data"))) {
        return directory.resolve("shared/data");
      }
      directory = directory.getParent();
    }
    return null;
  }
}
