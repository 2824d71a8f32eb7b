// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Stream;

/** Where a command leaves what it made. */
final class OutDirectory {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private OutDirectory() {}

  /**
   * The directory, made and empty.
   *
   * @param given by the user, or null for {@code ./out/<command>-<time>}
   * @throws CliException when something is in it
   */
  static Path of(Path given, String command) throws IOException {
    String now = LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
    Path directory = given == null ? Path.of("out", command + "-" + now) : given;
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        if (files.findAny().isPresent()) {
          throw CliException.usage(
              "the output directory is not empty", directory.toString(), "give another --out");
        }
      }
    }
    return Files.createDirectories(directory).toAbsolutePath();
  }
}
