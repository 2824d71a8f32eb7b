// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.nio.file.Path;

/**
 * Where log lines go: nowhere but errors, or to a file. Must be called before anything logs; the
 * first call of {@link #toFile} wins over {@link #quiet}, an explicit {@code
 * -Dlog4j2.configurationFile} over both.
 */
final class Logs {
  private static final String CONFIGURATION = "log4j2.configurationFile";
  private static final String OURS = "sluice.logs.ours";

  private Logs() {}

  /** Errors to standard error, the rest nowhere. */
  static void quiet() {
    set("sluice-log4j2-quiet.xml");
  }

  /** Everything from INFO to {@code file}, nothing to the terminal. */
  static void toFile(Path file) {
    System.setProperty("sluice.log.file", file.toAbsolutePath().toString());
    set("sluice-log4j2-file.xml");
  }

  private static void set(String resource) {
    if (System.getProperty(CONFIGURATION) == null || System.getProperty(OURS) != null) {
      System.setProperty(CONFIGURATION, resource);
      System.setProperty(OURS, "true");
    }
  }
}
