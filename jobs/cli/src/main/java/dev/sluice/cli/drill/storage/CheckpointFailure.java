// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.storage;

import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.Fault;
import dev.sluice.flink.app.LatestCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Checkpoints cannot be written for a while: where their directories must be, files are. */
final class CheckpointFailure implements Fault {
  private static final String AWAY = ".away";
  private static final String BUDGET = "8s";
  private static final Duration RUNS = Duration.ofSeconds(60);
  private static final Duration FALLBACK = Duration.ofSeconds(60);
  private static final Duration NEXT = Duration.ofSeconds(60);

  private String modeWithout = "";
  private double heldS;

  @Override
  public String name() {
    return "checkpoint-failure";
  }

  @Override
  public String about() {
    return "checkpoints cannot be written for a while: nothing is restarted, nobody gets a lease from"
        + " a judge that would forget, and it goes on when they can";
  }

  @Override
  public long atMs() {
    return DrillPlan.RESUME_MS + 30_000;
  }

  @Override
  public void prepare(DrillPlan plan) {
    // an interval of one second makes ten times as many attempts as that of production
    plan.judge("flink.checkpoint.tolerable_failures=100");
    plan.judge("gate.checkpoint_budget=" + BUDGET);
  }

  @Override
  public void inject(DrillStage stage) throws IOException, InterruptedException {
    stage.await("the first checkpoint", NEXT, () -> newest(stage).isPresent());
    stage.await("a valid lease", RUNS, () -> !stage.fallenBack());
    long startNs = System.nanoTime();
    List<Path> blocked = block(stage.checkpoints());
    try {
      stage.await("the end of the lease without checkpoints", FALLBACK, stage::fallenBack);
      modeWithout = stage.engineMode();
    } finally {
      for (Path directory : blocked) {
        Files.delete(directory);
        Files.move(away(directory), directory);
      }
    }
    heldS = (System.nanoTime() - startNs) / 1e9;
    Optional<Path> before = newest(stage);
    stage.await("a checkpoint again", NEXT, () -> !newest(stage).equals(before));
  }

  /** Puts a file where each job's directory is; the directory waits beside it. */
  private static List<Path> block(Path checkpoints) throws IOException {
    List<Path> jobs;
    try (Stream<Path> all = Files.list(checkpoints)) {
      jobs = all.filter(Files::isDirectory).toList();
    }
    List<Path> blocked = new ArrayList<>();
    for (Path job : jobs) {
      Files.move(job, away(job));
      Files.createFile(job);
      blocked.add(job);
    }
    return blocked;
  }

  private static Path away(Path directory) {
    return directory.resolveSibling(directory.getFileName() + AWAY);
  }

  private static Optional<Path> newest(DrillStage stage) {
    return LatestCheckpoint.find(stage.checkpoints());
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    return List.of(
        DrillCheck.of(
            !modeWithout.isEmpty() && !modeWithout.equals("RUN"),
            "no lease without checkpoints",
            "the engine went to %s by itself, and came back with the next checkpoint",
            modeWithout));
  }

  @Override
  public Map<String, Object> figures() {
    return Map.of("without_checkpoints_s", Math.round(heldS * 10) / 10.0);
  }
}
