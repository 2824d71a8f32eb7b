// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.storage;

import dev.sluice.cli.drill.Fault;
import java.util.List;

/** The faults of the storage. */
public final class StorageFaults {
  private StorageFaults() {}

  /** A new fault of each kind. */
  public static List<Fault> all() {
    return List.of(new CheckpointFailure(), new DiskFull(), new SlowDisk());
  }
}
