// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.cluster.Role;
import dev.sluice.cli.drill.DrillStage;
import java.util.List;

/** The process that alone gives permission dies. */
final class KillGate extends GateFault {
  KillGate() {
    super(
        "kill-gate",
        "the TaskManager with nothing but the gate is killed; the engine stops by its lease, and"
            + " goes on when the gate is back");
  }

  @Override
  public void inject(DrillStage stage) throws InterruptedException {
    ClusterJudge jobs = jobs(stage);
    List<String> places = jobs.places(jobs.gate());
    saw(places.size() == 1, "the gate is alone", "the gate runs on %s", places);
    Role gate = role(places.get(0));
    awaitRunningEngine(stage);
    Recovery recovery = begin(stage);
    cluster(stage).kill(gate);
    recovery.awaitSafeEngine(stage);
    cluster(stage).start(gate);
    recovery.awaitJobs(stage);
  }
}
