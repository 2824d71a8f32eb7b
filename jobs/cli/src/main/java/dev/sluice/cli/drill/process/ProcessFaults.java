// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.drill.Fault;
import java.time.Duration;
import java.util.List;

/** The faults of processes. */
public final class ProcessFaults {
  private static final Duration BROKER_DOWN = Duration.ofSeconds(30);

  private ProcessFaults() {}

  /** A new fault of each kind. */
  public static List<Fault> all() {
    return List.of(
        new KillTaskManager(),
        new KillJobManager(),
        new KillBroker(),
        new BrokerDown(BROKER_DOWN),
        new KillEngine(),
        new KillGate(),
        new StaleGate(),
        new Upgrade(),
        new Rescale());
  }
}
