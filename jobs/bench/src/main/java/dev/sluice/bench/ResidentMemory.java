// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of this process that is resident and its own, as Linux tells it in {@code
 * /proc/self/status} (proc(5), RssAnon): heap, stacks, buffers; files mapped by a broker are not.
 */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String FIELD = "RssAnon:";
  private static final long KIB = 1024;

  private ResidentMemory() {}

  /** Bytes; 0 where the system does not tell. */
  static long anonymousBytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(FIELD)) {
          String number = line.substring(FIELD.length()).replace("kB", "").strip();
          return Long.parseLong(number) * KIB;
        }
      }
      return 0;
    } catch (IOException e) {
      return 0; // not Linux
    }
  }
}
