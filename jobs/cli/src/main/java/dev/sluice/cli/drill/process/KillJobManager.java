// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.cluster.Role;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import java.time.Duration;

/** Flink's master dies and is started again: it finds its jobs by ZooKeeper. */
final class KillJobManager extends ClusterFault {
  /**
   * After the RESUME: without a JobManager the TaskManagers go on judging, without checkpoints,
   * until they miss its heartbeats. In that time no decision is made.
   */
  private static final long AT_MS = DrillPlan.RESUME_MS + 60_000;

  /**
   * Of which the engine plays half a minute, so that something is left to judge when the judge is
   * back.
   */
  private static final long LENGTH_MS = 40 * 60_000;

  private static final Duration GONE = Duration.ofSeconds(2);

  KillJobManager() {
    super(
        "kill-jobmanager",
        "the JobManager is killed and started again after 2 s; it takes its jobs up again");
  }

  @Override
  public void prepare(DrillPlan plan) {
    plan.restarts(1);
  }

  @Override
  public long atMs() {
    return AT_MS;
  }

  @Override
  public long lengthMs() {
    return LENGTH_MS;
  }

  @Override
  public void inject(DrillStage stage) throws InterruptedException {
    String job = jobs(stage).gate();
    jobs(stage).remember();
    Recovery recovery = begin(stage);
    cluster(stage).kill(Role.JOBMANAGER);
    Thread.sleep(GONE.toMillis());
    cluster(stage).start(Role.JOBMANAGER);
    recovery.awaitJobs(stage);
    recovery.awaitJudgedFurther(stage);
    saw(
        cluster(stage).rest().job(job).isPresent(),
        "the job is still the same",
        "job %s runs under the new JobManager",
        job);
  }
}
