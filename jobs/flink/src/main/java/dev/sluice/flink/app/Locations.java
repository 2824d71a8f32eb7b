// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import java.net.URI;
import java.nio.file.Path;

/** Directories as Flink wants them. */
final class Locations {
  private Locations() {}

  /** A URI as it is (it has a scheme of two letters or more), a path made absolute. */
  static URI uri(String directory) {
    return directory.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
        ? URI.create(directory)
        : Path.of(directory).toAbsolutePath().normalize().toUri();
  }
}
