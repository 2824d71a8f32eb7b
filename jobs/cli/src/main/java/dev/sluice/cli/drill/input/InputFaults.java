// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.input;

import dev.sluice.cli.drill.Fault;
import java.util.List;

/** The faults of the input. */
public final class InputFaults {
  private InputFaults() {}

  /** A new fault of each kind. */
  public static List<Fault> all() {
    return List.of(
        new PoisonRecord(),
        new RecordStorm(),
        new DuplicateStorm(),
        new Reordering(),
        new ClockSkew(),
        new FutureEvent(),
        new IdlePartition(),
        new LateData());
  }
}
