// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.cluster.Role;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import java.util.List;

/** The worker that judges dies; another takes over. */
final class KillTaskManager extends ClusterFault {
  KillTaskManager() {
    super(
        "kill-taskmanager",
        "the TaskManager that runs the judge is killed; a second one goes on from the last"
            + " checkpoint");
  }

  @Override
  public void prepare(DrillPlan plan) {
    plan.restarts(2);
  }

  @Override
  public long atMs() {
    return BEFORE_THE_HALT_MS;
  }

  @Override
  public void open(DrillStage stage) {
    jobs(stage).addTaskManager(2);
  }

  @Override
  public void inject(DrillStage stage) throws InterruptedException {
    ClusterJudge jobs = jobs(stage);
    List<String> before = jobs.places(jobs.gate());
    Role killed = role(before.get(0));
    Recovery recovery = begin(stage);
    cluster(stage).kill(killed);
    stage.await("Flink notices", Recovery.LIMIT, () -> !jobs.allRun());
    recovery.note("noticed_s", recovery.seconds());
    recovery.awaitJobs(stage);
    recovery.awaitJudged(stage);
    List<String> after = jobs.places(jobs.gate());
    saw(
        !after.contains(killed.resourceId()),
        "the judge runs elsewhere",
        "it ran on %s, and runs on %s",
        before,
        after);
    cluster(stage).start(killed);
  }
}
