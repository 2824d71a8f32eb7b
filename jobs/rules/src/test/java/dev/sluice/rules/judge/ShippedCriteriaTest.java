// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import static dev.sluice.rules.cases.EngineTape.startUs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.cases.EngineTape;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The shipped table with its figures, and the due times the demo relies on. The mutation tests are
 * in the test files beside the criteria: {@code ShippedCasesTest}.
 */
class ShippedCriteriaTest {
  private static final long MINUTE = 6;
  private static final long HOUR = 360;
  private static final long STORM = 2 * MINUTE;

  @Test
  void theTableIsShippedWithItsFigures() {
    Map<String, List<Object>> table =
        Map.of(
            "deadline-miss", List.of("> 0.05", 600_000L, Action.PAUSE),
            "cache-hit", List.of("< 0.5", 1_800_000L, Action.PAUSE),
            "taker-share", List.of("> 0.15", 3_600_000L, Action.REDUCE_ONLY),
            "memory-leak", List.of("> 100", 3_600_000L, Action.PAUSE),
            "breaker-open", List.of("> 300", 0L, Action.HALT),
            "liveness", List.of("> 300", 0L, Action.HALT),
            "shadow-hit", List.of("< 0.7", 0L, Action.HOLD),
            "shadow-fetch", List.of("> 35", 0L, Action.HOLD),
            "shadow-tick", List.of("> 150", 0L, Action.HOLD),
            "shadow-miss", List.of(">= 0.02", 0L, Action.HOLD));
    List<CriterionSpec> specs =
        ShippedCriteria.all().stream()
            .filter(spec -> spec.metric().family() == Family.BUCKETS)
            .toList();
    assertThat(specs)
        .extracting(CriterionSpec::id)
        .containsExactlyInAnyOrderElementsOf(table.keySet());
    for (CriterionSpec spec : specs) {
      assertThat(List.<Object>of(spec.breach().toString(), spec.holdMs(), spec.action()))
          .as(spec.id())
          .isEqualTo(table.get(spec.id()));
      assertThat(spec.description()).as(spec.id()).isNotBlank();
    }
    assertThat(ShippedCriteria.of("memory-leak").actionInTrial()).isEqualTo(Action.ROLLBACK);
  }

  @Test
  void aHealthyEngineIsLeftAloneFromItsFirstBucketOn() {
    EngineTape healthy = fills(new EngineTape(), 0, Long.MAX_VALUE, 10);
    JudgeRun run = new JudgeRun(ShippedCriteria.all()).play(healthy, 0, 6 * HOUR);
    assertThat(run.verdicts()).allMatch(verdict -> verdict.phase() == Phase.CLEAR);
    assertThat(run.last("memory-leak").outcome()).isEqualTo(VerdictOutcome.PASS);
    assertThat(run.last("taker-share").outcome()).isEqualTo(VerdictOutcome.PASS);
  }

  @Test
  void deadlineMissTripsTenMinutesAndABucketIntoAStorm() {
    JudgeRun run = storm(12 * MINUTE, 20);
    assertThat(run.firstSeconds("deadline-miss", Phase.TRIPPED)).isEqualTo(120 + 610);
    assertThat(run.last("deadline-miss").action()).isEqualTo(Action.PAUSE);
  }

  @Test
  void deadlineMissTripsOnAStormOfExactlyTenMinutesAndTenSeconds() {
    assertThat(storm(10 * MINUTE + 1, 20).firstSeconds("deadline-miss", Phase.TRIPPED))
        .isEqualTo(730);
    assertThat(storm(10 * MINUTE, 20).firstSeconds("deadline-miss", Phase.TRIPPED)).isEqualTo(-1);
  }

  @Test
  void aHoleInTheTicksIsNoDataAfterFortySecondsAndPausesTwoMinutesLater() {
    EngineTape hole = new EngineTape().withoutTicks(STORM, STORM + 5 * MINUTE);
    JudgeRun run = run("deadline-miss", hole, 30 * MINUTE);
    long start = 120;
    assertThat(
            run.of("deadline-miss").stream()
                .filter(
                    v -> v.eventTimeUs() >= startUs(STORM) && v.outcome() == VerdictOutcome.NO_DATA)
                .findFirst()
                .orElseThrow()
                .eventTimeUs())
        .isEqualTo(startUs(STORM) + 40_000_000L);
    assertThat(run.firstSeconds("deadline-miss", Phase.TRIPPED)).isEqualTo(start + 160);
    assertThat(run.last("deadline-miss").phase()).isEqualTo(Phase.CLEAR);
  }

  @Test
  void takerShareReducesAfterAnHourAboveFifteenPercent() {
    EngineTape flow = fills(new EngineTape(), 0, HOUR, 10);
    fills(flow, HOUR, 4 * HOUR, 40);
    JudgeRun run = run("taker-share", flow, 4 * HOUR);
    long breach = run.firstSeconds("taker-share", VerdictOutcome.BREACH);
    assertThat(breach).isBetween(3_600L, 7_200L);
    assertThat(run.firstSeconds("taker-share", Phase.TRIPPED)).isEqualTo(breach + 3_600);
    assertThat(run.last("taker-share").action()).isEqualTo(Action.REDUCE_ONLY);
  }

  @Test
  void memoryLeakTripsAnHourAfterTheSlopeIsSeen() {
    JudgeRun run = run("memory-leak", leak(120), 6 * HOUR);
    long breach = run.firstSeconds("memory-leak", VerdictOutcome.BREACH);
    assertThat(breach).isBetween(8_400L, 9_600L);
    assertThat(run.firstSeconds("memory-leak", Phase.TRIPPED)).isEqualTo(breach + 3_600);
  }

  @Test
  void memoryThatGrowsSlowerIsLeftAlone() {
    JudgeRun run = run("memory-leak", leak(99), 6 * HOUR);
    assertThat(run.last("memory-leak").outcome()).isEqualTo(VerdictOutcome.PASS);
    assertThat(run.firstSeconds("memory-leak", VerdictOutcome.BREACH)).isEqualTo(-1);
  }

  private static JudgeRun storm(long buckets, int missesOf20) {
    EngineTape tape = new EngineTape().with("deadline_misses", STORM, STORM + buckets, missesOf20);
    return run("deadline-miss", tape, STORM + buckets + 5 * MINUTE);
  }

  /** Ten fills of 100 quote a bucket, some percent of the notional taken. */
  private static EngineTape fills(EngineTape tape, long from, long until, int takerPercent) {
    return tape.with("fills", from, until, 10)
        .with("notional_e6", from, until, 1_000_000_000L)
        .with("taker_notional_e6", from, until, takerPercent * 10_000_000L);
  }

  /** Half an hour of ramp, then so many MB an hour with a saw-tooth of garbage collection on it. */
  private static EngineTape leak(double megabytesPerHour) {
    return new EngineTape()
        .following(
            "rss_bytes",
            index -> {
              double ramp = Math.min(index, HOUR / 2) * 1e6;
              double leaked = Math.max(0, index - HOUR / 2) * megabytesPerHour * 1e6 / HOUR;
              return (long) (300e6 + ramp + leaked + index % 7 * 2e6);
            });
  }

  private static JudgeRun run(String id, EngineTape tape, long buckets) {
    return new JudgeRun(List.of(ShippedCriteria.of(id))).play(tape, 0, buckets);
  }
}
