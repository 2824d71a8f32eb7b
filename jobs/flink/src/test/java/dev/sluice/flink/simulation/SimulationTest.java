// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many schedules of the judge's path, each played by its seed and compared with the single-threaded
 * program. {@code -Dsluice.schedules=N} plays N of them, {@code -Dsluice.seed=S} plays one again.
 */
class SimulationTest {
  private static final long SCHEDULES = Long.getLong("sluice.schedules", 500);
  private static final int MAX_REPORTED = 10;
  private static final int MAX_TRIES = 60;
  private static final Plan PLAN = JudgeGraph.plan();

  @Test
  void everyScheduleEndsAsTheSingleThreadedProgramSays() {
    Long one = Long.getLong("sluice.seed");
    long from = one == null ? 0 : one;
    long until = one == null ? SCHEDULES : one + 1;
    assertThat(
            LongStream.range(from, until)
                .parallel() // schedules share nothing
                .mapToObj(SimulationTest::reported)
                .filter(Objects::nonNull)
                .limit(MAX_REPORTED)
                .toList())
        .isEmpty();
  }

  @Test
  void oneSeedIsOneSchedule() throws Exception {
    for (long seed = 0; seed < 5; seed++) {
      assertThat(trace(seed)).isEqualTo(trace(seed)).isNotEqualTo(trace(seed + 1));
    }
  }

  /** A simulation that finds nothing shows nothing, unless it finds what is there. */
  @ParameterizedTest
  @EnumSource(value = Defect.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedDefectIsFound(Defect defect) {
    for (long seed = 0; seed < MAX_TRIES; seed++) {
      if (!play(seed, defect).isEmpty()) {
        return;
      }
    }
    throw new AssertionError(defect + " was not found in " + MAX_TRIES + " schedules");
  }

  /** What is wrong with a schedule, null for nothing. */
  private static String reported(long seed) {
    List<String> broken = play(seed, Defect.NONE);
    return broken.isEmpty() ? null : report(seed, broken);
  }

  private static List<String> play(long seed, Defect defect) {
    Simulation simulation = new Simulation(seed, PLAN, defect);
    try {
      simulation.run();
      List<String> broken = Invariants.afterTheSchedule(simulation);
      if (broken.isEmpty()) {
        simulation.resume();
        broken = Invariants.afterResume(simulation);
      }
      simulation.end();
      return broken;
    } catch (Exception | AssertionError e) {
      return List.of("it ended with " + e + " " + e.getCause());
    }
  }

  private static long trace(long seed) throws Exception {
    Simulation simulation = new Simulation(seed, PLAN, Defect.NONE);
    simulation.run();
    simulation.end();
    return simulation.world.trace();
  }

  private static String report(long seed, List<String> broken) {
    return "seed %d, play it again with mvn test -pl jobs/flink -am -Dtest=SimulationTest -Dsluice.seed=%d -Dsurefire.failIfNoSpecifiedTests=false: %d broken, first %s"
        .formatted(seed, seed, broken.size(), broken.subList(0, Math.min(3, broken.size())));
  }
}
