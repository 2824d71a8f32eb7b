// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.fault.Scenario;
import java.util.List;
import java.util.Map;

/** Plans with one fault, relative to {@link Sim#START_US}. */
public final class Faults {
  private Faults() {}

  public static FaultPlan of(FaultKind kind, long atMs, long forMs) {
    return of(kind, atMs, forMs, Map.of());
  }

  public static FaultPlan of(FaultKind kind, long atMs, long forMs, Map<String, String> params) {
    return new FaultPlan(
        Sim.START_US, List.of(new Scenario.Fault("f", kind, atMs, forMs, params, List.of())));
  }

  public static FaultPlan silence(long atMs, long forMs) {
    return of(FaultKind.SILENCE, atMs, forMs);
  }
}
