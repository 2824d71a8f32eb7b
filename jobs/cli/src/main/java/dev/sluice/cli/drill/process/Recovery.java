// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.drill.DrillStage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long something took to be as before, and what the engine did meanwhile. */
final class Recovery {
  /** Longest time for all tasks of all jobs to run again, on a loaded machine. */
  static final Duration LIMIT = Duration.ofSeconds(120);

  /** What was judged before the fault may be heard after it. */
  private static final long WORDS_UNDER_WAY_US = 20_000_000;

  private final long fromNs = System.nanoTime();
  private final long judgedUs;
  private final Map<String, Object> figures = new LinkedHashMap<>();

  /** From now on. */
  Recovery(DrillStage stage) {
    judgedUs = stage.watermarkUs();
  }

  /** Seconds since the fault. */
  double seconds() {
    return Math.round((System.nanoTime() - fromNs) / 1e8) / 10.0;
  }

  /** Waits until every task of every job runs. */
  void awaitJobs(DrillStage stage) throws InterruptedException {
    ClusterJudge jobs = ClusterSite.of(stage).jobs();
    stage.await("every task runs again", LIMIT, jobs::allRun);
    note("running_again_s", seconds());
  }

  /** Waits until more of the engine is judged than was when the fault began. */
  void awaitJudged(DrillStage stage) throws InterruptedException {
    awaitJudged(stage, judgedUs);
  }

  /** Waits until more of it is judged than is now: somebody went on judging through the fault. */
  void awaitJudgedFurther(DrillStage stage) throws InterruptedException {
    awaitJudged(stage, stage.watermarkUs());
  }

  private void awaitJudged(DrillStage stage, long beyondUs) throws InterruptedException {
    stage.await(
        "the engine is judged again",
        LIMIT,
        () -> stage.watermarkUs() > beyondUs + WORDS_UNDER_WAY_US);
    note("judged_again_s", seconds());
  }

  /** Waits until the engine no longer quotes because nobody permits it. */
  void awaitSafeEngine(DrillStage stage) throws InterruptedException {
    stage.await(
        "the engine quotes no more without a lease",
        LIMIT,
        () -> !stage.engineMode().isEmpty() && !stage.engineMode().equals("RUN"));
    note("engine_safe_after_s", seconds());
  }

  void note(String name, Object value) {
    figures.put(name, value);
  }

  Map<String, Object> figures() {
    return figures;
  }
}
