// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import dev.sluice.flink.app.LatestCheckpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The whole judge dies without a word, three times, each time after a checkpoint of that life: once
 * just before a HALT is due, and the engine has to fall back by itself.
 */
final class KillJudge implements Fault {
  private static final int KILLS = 3;
  private static final Duration FALLBACK = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofSeconds(120);

  private final List<Double> downS = new ArrayList<>();
  private String modeWithout = "";

  @Override
  public String name() {
    return "kill-judge";
  }

  @Override
  public String about() {
    return "the whole judge is killed three times, the first time just before a HALT is due; the"
        + " engine falls back without a lease, and no decision or row is lost or double";
  }

  @Override
  public void inject(DrillStage stage) throws InterruptedException {
    Optional<Path> resumedFrom = Optional.empty();
    for (int kill = 1; kill <= KILLS; kill++) {
      Optional<Path> before = resumedFrom;
      stage.await(
          "a checkpoint of life " + kill,
          AGAIN,
          () -> newest(stage).filter(own(before)).isPresent());
      stage.judge().kill();
      long killedNs = System.nanoTime();
      long judgedUs = stage.watermarkUs();
      resumedFrom = newest(stage);
      if (kill == 1) {
        stage.await("REDUCE_ONLY by the lapsed lease", FALLBACK, stage::fallenBack);
        modeWithout = stage.engineMode();
      }
      stage.judge().resume();
      stage.await("judging after kill " + kill, AGAIN, () -> stage.watermarkUs() > judgedUs);
      downS.add(Math.round((System.nanoTime() - killedNs) / 1e8) / 10.0);
    }
  }

  private static Predicate<Path> own(Optional<Path> before) {
    return path -> !Optional.of(path).equals(before);
  }

  private static Optional<Path> newest(DrillStage stage) {
    return LatestCheckpoint.find(stage.checkpoints());
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    return List.of(
        DrillCheck.of(
            !modeWithout.isEmpty() && !modeWithout.equals("RUN") && downS.size() == KILLS,
            "a dead judge never means a running engine",
            "the engine went to %s by itself; the judge came back %d times",
            modeWithout,
            downS.size()));
  }

  @Override
  public Map<String, Object> figures() {
    return Map.of("kills", downS.size(), "judged_again_after_kill_s", downS);
  }
}
