// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Recorded market data, which is not part of the repository. */
final class Captures {
  private Captures() {}

  /**
   * A directory of captures below the system property {@code sluice.shared}, else below {@code
   * shared/data} of a directory above the working one; without it the test is skipped, and says so.
   */
  static Path directory(String name) {
    String property = System.getProperty("sluice.shared");
    Path found = null;
    if (property != null) {
      Path root = Path.of(property);
      found = Files.isDirectory(root.resolve("data")) ? root.resolve("data") : root;
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null && found == null; at = at.getParent()) {
      found = Files.isDirectory(at.resolve("shared/data")) ? at.resolve("shared/data") : null;
    }
    boolean there = found != null && Files.isDirectory(found.resolve(name));
    assumeTrue(there, "shared/data/" + name + " is absent: skipped");
    return found.resolve(name);
  }
}
