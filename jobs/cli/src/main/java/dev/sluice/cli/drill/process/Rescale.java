// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.cluster.Role;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import java.util.List;

/** From one TaskManager to two and back, each time by a savepoint. */
final class Rescale extends ClusterFault {
  private static final int PARTITIONS = 2;
  private static final long JUDGED_BETWEEN_US = 120_000_000L;
  private static final long LENGTH_MS = 90 * 60_000;

  Rescale() {
    super(
        "rescale",
        "the jobs go from one TaskManager to two and back to one, by savepoints; keys and"
            + " partitions move with their state");
  }

  @Override
  public void prepare(DrillPlan plan) {
    plan.partitions(PARTITIONS);
  }

  /**
   * A TaskManager takes half a minute to start beside all this, and the engine goes on meanwhile.
   */
  @Override
  public long lengthMs() {
    return LENGTH_MS;
  }

  @Override
  public void open(DrillStage stage) {
    jobs(stage).parallelism(1);
  }

  @Override
  public void inject(DrillStage stage) throws InterruptedException {
    ClusterJudge jobs = jobs(stage);
    Recovery recovery = begin(stage);
    jobs.addTaskManager(2);
    long goalUs = stage.watermarkUs() + JUDGED_BETWEEN_US; // without a judge the engine waits
    jobs.restartFromSavepoint(List.of(), 2);
    recovery.note("on_two_s", recovery.seconds());
    List<String> places = jobs.places(jobs.gate());
    saw(places.size() == 2, "it runs on two", "on %s", places);
    stage.await("it judges on two", Recovery.LIMIT, () -> stage.watermarkUs() >= goalUs);
    recovery.note("judged_on_two_s", recovery.seconds());
    jobs.restartFromSavepoint(List.of(), 1, () -> cluster(stage).kill(Role.taskManager(2)));
    recovery.note("on_one_again_s", recovery.seconds());
    List<String> again = jobs.places(jobs.gate());
    saw(again.equals(List.of("tm-1")), "it runs on one again", "on %s", again);
  }
}
