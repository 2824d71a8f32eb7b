// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import static dev.sluice.rules.judge.EngineTape.startUs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The mutation tests of the shipped criteria: data that must breach does, data just on the good
 * side of the limit does not, missing data is NO_DATA and acts in time. Indexes are ten-second
 * buckets.
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
    assertThat(ShippedCriteria.all())
        .extracting(CriterionSpec::id)
        .containsExactlyInAnyOrderElementsOf(table.keySet());
    for (CriterionSpec spec : ShippedCriteria.all()) {
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

  // ---- deadline-miss ----

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
  void deadlineMissLeavesAStormOfNineMinutesFiftyAlone() {
    JudgeRun run = storm(9 * MINUTE + 5, 20);
    assertThat(run.firstSeconds("deadline-miss", Phase.PENDING)).isEqualTo(130);
    assertThat(run.firstSeconds("deadline-miss", Phase.TRIPPED)).isEqualTo(-1);
    assertThat(run.last("deadline-miss").phase()).isEqualTo(Phase.CLEAR);
  }

  @Test
  void deadlineMissNeedsMoreThanFivePercent() {
    assertThat(storm(HOUR, 1).firstSeconds("deadline-miss", VerdictOutcome.BREACH)).isEqualTo(-1);
    assertThat(storm(HOUR, 2).firstSeconds("deadline-miss", Phase.TRIPPED)).isPositive();
  }

  @Test
  void deadlineMissEscalatesWhenThePauseDoesNotHelp() {
    JudgeRun run = storm(16 * MINUTE, 20);
    assertThat(run.phases("deadline-miss"))
        .containsSequence("730s TRIPPED PAUSE", "1030s TRIPPED HALT");
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

  // ---- cache-hit ----

  @Test
  void cacheHitTripsAfterThirtyMinutesBelowHalf() {
    assertThat(hits(31 * MINUTE, 9).firstSeconds("cache-hit", Phase.TRIPPED)).isGreaterThan(1_800);
    assertThat(hits(29 * MINUTE, 9).firstSeconds("cache-hit", Phase.TRIPPED)).isEqualTo(-1);
    assertThat(hits(60 * MINUTE, 10).firstSeconds("cache-hit", Phase.TRIPPED)).isEqualTo(-1);
  }

  @Test
  void cacheHitWithoutLookupsIsNoDataAndPauses() {
    EngineTape hole = new EngineTape().withoutTicks(STORM, STORM + 10 * MINUTE);
    JudgeRun run = run("cache-hit", hole, 11 * MINUTE);
    assertThat(run.firstSeconds("cache-hit", Phase.TRIPPED)).isEqualTo(120 + 340);
  }

  // ---- taker-share ----

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
  void takerShareAtTheLimitIsNoBreach() {
    EngineTape flow = fills(new EngineTape(), 0, 4 * HOUR, 15);
    assertThat(
            run("taker-share", flow, 4 * HOUR).firstSeconds("taker-share", VerdictOutcome.BREACH))
        .isEqualTo(-1);
  }

  @Test
  void takerShareWithoutFillsOnlyAlerts() {
    JudgeRun run = run("taker-share", new EngineTape(), 4 * HOUR);
    assertThat(run.last("taker-share").outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.last("taker-share").action()).isEqualTo(Action.ALERT);
    assertThat(run.firstSeconds("taker-share", Phase.TRIPPED)).isEqualTo(60 + 7_200);
  }

  // ---- memory-leak ----

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

  @Test
  void memoryOfASilentEngineIsNoDataAndAlerts() {
    EngineTape silent = new EngineTape().silent(3 * HOUR, 20 * HOUR);
    JudgeRun run = run("memory-leak", silent, 9 * HOUR);
    assertThat(run.last("memory-leak").outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.last("memory-leak").action()).isEqualTo(Action.ALERT);
  }

  // ---- breaker-open ----

  @Test
  void anOpenBreakerHaltsWithTheFirstHeartbeatAfterFiveMinutes() {
    JudgeRun run = run("breaker-open", breaker(STORM, STORM + 40), STORM + 35);
    assertThat(run.firstSeconds("breaker-open", Phase.TRIPPED)).isEqualTo(120 + 310);
    assertThat(run.last("breaker-open").action()).isEqualTo(Action.HALT);
  }

  @Test
  void aBreakerOpenForFiveMinutesOnlyIsLeftAlone() {
    JudgeRun run = run("breaker-open", breaker(STORM, STORM + 30), 20 * MINUTE);
    assertThat(run.firstSeconds("breaker-open", VerdictOutcome.BREACH)).isEqualTo(-1);
  }

  @Test
  void anOpenBreakerHaltsThroughSilenceToo() {
    EngineTape tape = breaker(STORM, 20 * HOUR).silent(STORM + 2, 20 * HOUR);
    JudgeRun run = run("breaker-open", tape, 10 * MINUTE);
    assertThat(run.firstSeconds("breaker-open", Phase.TRIPPED)).isEqualTo(120 + 310);
  }

  @Test
  void aClosedBreakerIsNotKnownForEver() {
    JudgeRun run = run("breaker-open", new EngineTape().silent(STORM, 20 * HOUR), 20 * MINUTE);
    assertThat(run.firstSeconds("breaker-open", VerdictOutcome.NO_DATA)).isEqualTo(120 + 60);
    assertThat(run.last("breaker-open").action()).isEqualTo(Action.PAUSE);
  }

  // ---- liveness ----

  @Test
  void silenceOfMoreThanFiveMinutesHalts() {
    JudgeRun run = run("liveness", new EngineTape().silent(STORM, STORM + 60), 20 * MINUTE);
    assertThat(run.phases("liveness"))
        .containsExactly("10s CLEAR", "420s TRIPPED HALT", "730s CLEAR");
  }

  @Test
  void silenceOfFiveMinutesIsLeftAlone() {
    JudgeRun run = run("liveness", new EngineTape().silent(STORM, STORM + 29), 20 * MINUTE);
    assertThat(run.firstSeconds("liveness", VerdictOutcome.BREACH)).isEqualTo(-1);
  }

  @Test
  void anEngineThatNeverSpokeIsNoDataAndPaused() {
    JudgeRun run = run("liveness", new EngineTape().silent(0, 20 * HOUR), 10 * MINUTE);
    assertThat(run.last("liveness").outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.firstSeconds("liveness", Phase.TRIPPED)).isEqualTo(310);
    assertThat(run.last("liveness").action()).isEqualTo(Action.PAUSE);
  }

  // ---- the shadow gates ----

  @Test
  void shadowHitNeedsSeventyPercentOfTheHour() {
    shadow("shadow-hit", new EngineTape().always("cache_hits", 13), VerdictOutcome.BREACH);
    shadow("shadow-hit", new EngineTape().always("cache_hits", 14), VerdictOutcome.PASS);
  }

  @Test
  void shadowFetchAndShadowTickLookAtTheirPercentile() {
    shadow("shadow-fetch", latency("fetch_md_us_histogram", 36), VerdictOutcome.BREACH);
    shadow("shadow-fetch", latency("fetch_md_us_histogram", 34), VerdictOutcome.PASS);
    shadow("shadow-tick", latency("total_us_histogram", 152), VerdictOutcome.BREACH);
    shadow("shadow-tick", latency("total_us_histogram", 148), VerdictOutcome.PASS);
  }

  @Test
  void shadowMissIsAtTwoPercentAlready() {
    EngineTape twoPercent = new EngineTape().following("deadline_misses", i -> i % 5 < 2 ? 1 : 0);
    EngineTape less = new EngineTape().following("deadline_misses", i -> i % 30 < 11 ? 1 : 0);
    shadow("shadow-miss", twoPercent, VerdictOutcome.BREACH);
    shadow("shadow-miss", less, VerdictOutcome.PASS);
  }

  @Test
  void shadowGatesWithoutDataBlockToo() {
    for (String id : List.of("shadow-hit", "shadow-fetch", "shadow-tick", "shadow-miss")) {
      JudgeRun run = run(id, new EngineTape().withoutTicks(0, 20 * HOUR), 2 * HOUR);
      assertThat(run.last(id).outcome()).as(id).isEqualTo(VerdictOutcome.NO_DATA);
      assertThat(run.last(id).action()).as(id).isEqualTo(Action.HOLD);
    }
  }

  private static void shadow(String id, EngineTape tape, VerdictOutcome expected) {
    JudgeRun run = run(id, tape, 2 * HOUR);
    Verdict last = run.last(id);
    assertThat(last.outcome()).as(id + ": " + last.evidence().reason()).isEqualTo(expected);
    assertThat(last.action()).isEqualTo(expected == VerdictOutcome.BREACH ? Action.HOLD : null);
  }

  private static EngineTape latency(String histogram, double valueMs) {
    return new EngineTape().always(histogram, EngineTape.histogram(valueMs, 20));
  }

  private static JudgeRun storm(long buckets, int missesOf20) {
    EngineTape tape = new EngineTape().with("deadline_misses", STORM, STORM + buckets, missesOf20);
    return run("deadline-miss", tape, STORM + buckets + 5 * MINUTE);
  }

  private static JudgeRun hits(long buckets, int hitsOf20) {
    EngineTape tape = new EngineTape().with("cache_hits", STORM, STORM + buckets, hitsOf20);
    return run("cache-hit", tape, STORM + buckets + 5 * MINUTE);
  }

  private static EngineTape breaker(long from, long until) {
    return new EngineTape()
        .with("breaker", from, until, "OPEN")
        .with("breaker_since_us", from, Long.MAX_VALUE, startUs(from));
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
