// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A committed file that code generates: compared by default, rewritten on request. */
final class GeneratedFile {
  private GeneratedFile() {}

  /** Fails when the file is stale; {@code -Dsluice.regenerate=true} writes it instead. */
  static void check(String path, String content) throws IOException {
    Path file = Path.of(path);
    if (Boolean.getBoolean("sluice.regenerate")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    }
    assertThat(file)
        .as("stale: run mvn -pl schemas test -Dsluice.regenerate=true")
        .exists()
        .hasContent(content);
  }
}
