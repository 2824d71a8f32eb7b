// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.cluster.FlinkRest;
import dev.sluice.cli.cluster.LocalCluster;
import dev.sluice.cli.cluster.Role;
import dev.sluice.cli.cluster.Submission;
import dev.sluice.cli.drill.DrillFailure;
import dev.sluice.cli.drill.Judge;
import dev.sluice.cli.drill.JudgeSettings;
import dev.sluice.flink.app.AllJobs;
import dev.sluice.flink.app.BucketJob;
import dev.sluice.flink.app.DatasetJob;
import dev.sluice.flink.app.GateJob;
import dev.sluice.flink.app.StopCriteriaJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The judge as jobs on a local cluster: all in one graph, or the gate apart from the rest, on a
 * TaskManager of its own.
 */
final class ClusterJudge implements Judge {
  private static final Duration RUNNING = Duration.ofSeconds(240);
  private static final Duration SAVEPOINT = Duration.ofSeconds(90);
  private static final long ASK_AGAIN_NS = 1_000_000_000L;
  private static final long POLL_MS = 200;

  /** What holds no gate, in the order of their start; of the judges only the one that leases. */
  private static final List<Class<?>> BESIDE_THE_GATE =
      List.of(BucketJob.class, StopCriteriaJob.class, DatasetJob.class);

  private final LocalCluster cluster;
  private final JudgeSettings settings;
  private final Path config;
  private final Map<Class<?>, String> ids = new LinkedHashMap<>();
  private final List<String> earlier = new ArrayList<>();
  private List<String> known = List.of();
  private List<String> changed = List.of();
  private int parallelism;
  private boolean gateApart;
  private long askedNs;
  private boolean ended;

  ClusterJudge(LocalCluster cluster, JudgeSettings settings, Path config) {
    this.cluster = cluster;
    this.settings = settings;
    this.config = config;
    this.parallelism = settings.parallelism();
  }

  /** The gate as a job of its own, which runs on a TaskManager that has nothing else. */
  void gateApart() {
    gateApart = true;
  }

  /** Starts with so many subtasks of each operator; the default is one per partition. */
  void parallelism(int subtasks) {
    parallelism = subtasks;
  }

  /** The job that holds the gate. */
  String gate() {
    return ids.get(gateApart ? GateJob.class : AllJobs.class);
  }

  @Override
  public void start() {
    if (!gateApart) {
      submit(AllJobs.class, Optional.empty());
      awaitRunning();
      return;
    }
    BESIDE_THE_GATE.forEach(job -> submit(job, Optional.empty()));
    awaitRunning();
    addTaskManager(2);
    submit(GateJob.class, Optional.empty());
    awaitRunning();
  }

  /** One more TaskManager; returns when it is registered. */
  void addTaskManager(int number) {
    Role role = Role.taskManager(number);
    if (!cluster.alive(role)) {
      cluster.start(role);
    }
    await(role + " is registered", () -> registered(role));
  }

  private boolean registered(Role role) {
    try {
      return cluster.rest().taskManagers().contains(role.resourceId());
    } catch (FlinkRest.UnansweredException e) {
      return false; // the JobManager is not there yet
    }
  }

  private void submit(Class<?> job, Optional<String> from) {
    List<String> all = new ArrayList<>(settings.settings());
    all.add("flink.checkpoint.dir=" + settings.checkpoints().toAbsolutePath());
    all.add("flink.parallelism=" + parallelism);
    all.addAll(changed);
    ids.put(
        job, cluster.submit(new Submission(job.getName(), cluster.arguments(config, all), from)));
  }

  /**
   * Stops every job with a savepoint and starts it from there, with settings that win over those
   * before and so many subtasks; returns when all of them run.
   */
  void restartFromSavepoint(List<String> settings, int subtasks) {
    restartFromSavepoint(settings, subtasks, () -> {});
  }

  /** The same, with something to do while no job runs. */
  void restartFromSavepoint(List<String> settings, int subtasks, Runnable between) {
    remember();
    changed = List.copyOf(settings);
    parallelism = subtasks;
    Map<Class<?>, String> savepoints = new LinkedHashMap<>();
    ids.forEach((job, id) -> savepoints.put(job, stopWithSavepoint(id)));
    between.run();
    savepoints.forEach((job, savepoint) -> submit(job, Optional.of(savepoint)));
    awaitRunning();
  }

  private String stopWithSavepoint(String id) {
    return cluster.rest().stopWithSavepoint(id, cluster.directory().savepoints(), SAVEPOINT);
  }

  @Override
  public void resume() {
    cluster.start(Role.JOBMANAGER);
    cluster.processes().stream()
        .filter(member -> member.role().kind() == Role.Kind.TASKMANAGER && !member.alive())
        .forEach(member -> cluster.start(member.role()));
  }

  @Override
  public void kill() {
    remember();
    cluster.kill(Role.JOBMANAGER);
    cluster.processes().stream()
        .map(LocalCluster.Member::role)
        .filter(role -> role.kind() == Role.Kind.TASKMANAGER)
        .forEach(cluster::kill);
  }

  /** Keeps what the JobManager knows of failures: the next one starts without. */
  void remember() {
    List<String> now = failures();
    synchronized (this) {
      earlier.clear();
      earlier.addAll(now);
      known = List.of();
    }
  }

  @Override
  public synchronized boolean running() {
    if (!cluster.alive(Role.JOBMANAGER)) {
      return false;
    }
    if (System.nanoTime() - askedNs > ASK_AGAIN_NS) {
      askedNs = System.nanoTime();
      try {
        ended =
            cluster.rest().jobs().stream()
                .anyMatch(job -> ids.containsValue(job.id()) && job.ended());
      } catch (FlinkRest.UnansweredException e) {
        return true; // it starts, or is busy: its process is there
      }
    }
    return !ended;
  }

  /** Every job runs, each of its tasks. */
  boolean allRun() {
    try {
      List<FlinkRest.Job> jobs = cluster.rest().jobs();
      return ids.values().stream()
          .allMatch(id -> jobs.stream().anyMatch(job -> job.id().equals(id) && job.running()));
    } catch (FlinkRest.UnansweredException e) {
      return false;
    }
  }

  /** Resource ids of the TaskManagers on which a job has tasks. */
  List<String> places(String job) {
    return cluster.rest().vertices(job).stream()
        .flatMap(vertex -> vertex.taskManagers().stream())
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public int restarts() {
    return failures().size();
  }

  @Override
  public synchronized List<String> failures() {
    try {
      List<String> now = new ArrayList<>();
      for (String id : ids.values()) {
        now.addAll(cluster.rest().exceptions(id));
      }
      known = now;
    } catch (FlinkRest.UnansweredException e) {
      return joined(); // nobody answers: what was known stands
    }
    return joined();
  }

  private List<String> joined() {
    List<String> all = new ArrayList<>(known);
    all.addAll(earlier);
    return all;
  }

  /** The archive last, once it has read everything the others have written. */
  @Override
  public void stop() {
    remember();
    ids.forEach(
        (job, id) -> {
          if (job != DatasetJob.class) {
            stopWithSavepoint(id);
          }
        });
    String archive = ids.get(DatasetJob.class);
    if (archive != null) {
      await(
          "the archive has read everything",
          () -> ConsumerLag.of(cluster.bootstrap(), "sluice-datasets") == 0);
      stopWithSavepoint(archive);
    }
    ids.clear();
  }

  private void awaitRunning() {
    await("every task of the jobs runs", this::allRun);
  }

  private void await(String what, BooleanSupplier condition) {
    long untilNanos = System.nanoTime() + RUNNING.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > untilNanos) {
        throw new DrillFailure(what + " did not come: " + lastWords());
      }
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DrillFailure("interrupted while waiting: " + what);
      }
    }
  }

  @Override
  public String lastWords() {
    return cluster.processes() + " " + failures();
  }

  /** The site ends the processes. */
  @Override
  public void close() {
    ids.clear();
  }
}
