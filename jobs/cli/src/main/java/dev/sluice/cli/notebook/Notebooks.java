// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notebook;

import dev.sluice.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The numbered notebooks of an installation. */
public final class Notebooks {
  private final Path directory;

  /** Those of {@code <home>/notebooks}. */
  public Notebooks(Path home) {
    directory = home.resolve("notebooks");
  }

  /** Where they are. */
  public Path directory() {
    return directory;
  }

  /** All, by number. */
  public List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  /**
   * The notebook with this number, name or path.
   *
   * @throws CliException (usage) when there is none; the message lists them
   */
  public Path find(String wanted) throws IOException {
    if (wanted.endsWith(".ipynb") && Files.isRegularFile(Path.of(wanted))) {
      return Path.of(wanted);
    }
    List<Path> all = all();
    for (Path each : all) {
      String name = each.getFileName().toString();
      if (name.equals(wanted) || name.startsWith(wanted + "-") || name.equals(wanted + ".ipynb")) {
        return each;
      }
    }
    throw CliException.usage(
        "no notebook " + wanted,
        directory.toString(),
        "there are "
            + String.join(", ", all.stream().map(e -> e.getFileName().toString()).toList()));
  }
}
