// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.cluster.Role;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.schemas.Mode;
import java.time.Duration;
import java.util.List;

/** A gate that sleeps, is given up, and wakes up beside its successor. */
final class StaleGate extends GateFault {
  private static final Duration AWAKE = Duration.ofSeconds(3);

  StaleGate() {
    super(
        "stale-gate",
        "the gate's TaskManager is frozen until a new gate has taken over and the engine obeys it;"
            + " thawed, the old one changes nothing");
  }

  @Override
  public void inject(DrillStage stage) throws InterruptedException {
    ClusterJudge jobs = jobs(stage);
    Role old = role(jobs.places(jobs.gate()).get(0));
    int successor = old.number() + 1;
    long decisions = stage.observations().obeyed().size();
    awaitRunningEngine(stage);
    Recovery recovery = begin(stage);
    cluster(stage).freeze(old);
    try {
      recovery.awaitSafeEngine(stage);
      jobs.addTaskManager(successor);
      stage.await(
          "Flink gives the frozen gate up",
          Recovery.LIMIT,
          () -> jobs.allRun() && !jobs.places(jobs.gate()).contains(old.resourceId()));
      recovery.note("successor_runs_s", recovery.seconds());
      stage.await(
          "the engine obeys the new gate",
          Recovery.LIMIT,
          () -> stage.observations().obeyed().size() > decisions);
      recovery.note("successor_obeyed_s", recovery.seconds());
    } finally {
      cluster(stage).thaw(old);
    }
    Thread.sleep(AWAKE.toMillis());
    List<String> places = jobs.places(jobs.gate());
    saw(
        cluster(stage).alive(old) && !places.contains(old.resourceId()),
        "the old gate woke up beside the new one",
        "%s is awake, the gate runs on %s",
        old.resourceId(),
        places);
    long halts =
        stage.observations().told().stream()
            .filter(told -> told.control().mode() == Mode.HALT)
            .map(told -> told.control().decisionId())
            .distinct()
            .count();
    recovery.note("halts_so_far", halts);
  }
}
