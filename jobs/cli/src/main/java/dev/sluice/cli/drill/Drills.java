// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import dev.sluice.cli.drill.input.InputFaults;
import dev.sluice.cli.drill.process.ProcessFaults;
import dev.sluice.cli.drill.storage.StorageFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every drill there is. */
public final class Drills {
  private Drills() {}

  /** A new fault of each kind, in the order of the list. */
  public static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    all.add(new KillJudge());
    all.addAll(InputFaults.all());
    all.addAll(StorageFaults.all());
    all.addAll(ProcessFaults.all());
    return all;
  }

  /** A new fault of this name. */
  public static Optional<Fault> named(String name) {
    return all().stream().filter(fault -> fault.name().equals(name)).findFirst();
  }
}
