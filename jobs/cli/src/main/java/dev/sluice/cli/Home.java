// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where Sluice is installed: the directory that holds {@code config/}. */
public final class Home {
  private Home() {}

  /**
   * {@code -Dsluice.home}, or the first directory upwards from the working directory that has
   * {@code config/scenarios}.
   *
   * @throws CliException when there is none
   */
  public static Path find() {
    String given = System.getProperty("sluice.home");
    if (given != null) {
      return Path.of(given).toAbsolutePath();
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path dir = start; dir != null; dir = dir.getParent()) {
      if (Files.isDirectory(dir.resolve("config").resolve("scenarios"))) {
        return dir;
      }
    }
    throw CliException.usage(
        "no config/scenarios found upwards",
        start.toString(),
        "run ./sluice from the repository, or set -Dsluice.home=DIR");
  }

  /** A file of the configuration, as given when it exists, else below {@code config/}. */
  static Path config(String... parts) {
    Path path = find().resolve("config");
    for (String part : parts) {
      path = path.resolve(part);
    }
    return path;
  }
}
