// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import java.net.URI;
import java.nio.file.Path;

/** Directories as Flink wants them. */
public final class Locations {
  private Locations() {}

  /** A URI as it is (it has a scheme of two letters or more), a path made absolute. */
  public static URI uri(String directory) {
    return directory.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
        ? URI.create(directory)
        : Path.of(directory).toAbsolutePath().normalize().toUri();
  }
}
