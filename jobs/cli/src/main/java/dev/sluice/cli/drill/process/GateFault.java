// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;

/** A fault of the gate alone: it is a job of its own, on a TaskManager of its own. */
abstract class GateFault extends ClusterFault {
  GateFault(String name, String about) {
    super(name, about);
  }

  @Override
  public void prepare(DrillPlan plan) {
    // of the judges only this one runs beside it
    plan.judge("gate.judges=[criteria]").restarts(2);
  }

  @Override
  public long atMs() {
    return BEFORE_THE_HALT_MS;
  }

  @Override
  public void open(DrillStage stage) {
    jobs(stage).gateApart();
  }
}
