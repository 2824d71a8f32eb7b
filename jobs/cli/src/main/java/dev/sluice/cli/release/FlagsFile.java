// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.cli.CliException;
import dev.sluice.cli.flags.FlagsSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A snapshot of the fleet's flags, as {@code sluice flags snapshot} writes it.
 *
 * @param content the file's bytes, for the bundle
 */
public record FlagsFile(byte[] content, FlagsSnapshot snapshot) {
  /**
   * Reads one.
   *
   * @throws CliException when it is none, or was altered
   */
  public static FlagsFile read(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      return new FlagsFile(content, FlagsSnapshot.parse(content));
    } catch (IllegalArgumentException e) {
      throw wrong(file, e.getMessage());
    } catch (IOException e) {
      throw wrong(file, "it cannot be read");
    }
  }

  private static CliException wrong(Path file, String why) {
    return CliException.usage(why, file.toString(), "take a snapshot: sluice flags snapshot");
  }
}
