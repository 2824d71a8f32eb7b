// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.baseline.BaselineCheck.Outcome;
import dev.sluice.schemas.Source;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each threshold: what just passes, what just fails, what is missing, too little or stale. */
class BaselineJudgeTest {
  private static final long DAY_US = 24L * 3_600_000_000L;
  private static final long LOCKED_US = 1_000 * DAY_US;
  private static final Host HOST = new Host("some cpu", 4, 16, "17.0.1");

  @ParameterizedTest
  @ValueSource(strings = {"fetch_md", "spread", "guards", "inventory", "queue_aware", "emit"})
  void aStageMayBeThreePercentSlowerAndNoMore(String stage) {
    assertThat(outcome(stage + "_p95_ms", now -> p95(now, stage, 10.3, 9_000)))
        .isEqualTo(Outcome.PASS);
    assertThat(outcome(stage + "_p95_ms", now -> p95(now, stage, 10.31, 9_000)))
        .isEqualTo(Outcome.FAIL);
  }

  @Test
  void theWholePassMayBeTenPercentSlowerAndNoMore() {
    assertThat(outcome("total_p95_ms", now -> p95(now, "total", 11.0, 9_000)))
        .isEqualTo(Outcome.PASS);
    assertThat(outcome("total_p95_ms", now -> p95(now, "total", 11.01, 9_000)))
        .isEqualTo(Outcome.FAIL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fetch_md", "spread", "guards", "inventory", "queue_aware", "emit", "total"})
  void whatIsMissingOrTooLittleIsNotPassed(String name) {
    assertThat(outcome(name + "_p95_ms", now -> p95(now, name, null, 0)))
        .isEqualTo(Outcome.NO_DATA);
    assertThat(outcome(name + "_p95_ms", now -> p95(now, name, 1.0, 4_999)))
        .isEqualTo(Outcome.NO_DATA);
    assertThat(outcome(name + "_p95_ms", now -> p95(now, name, 1.0, 5_000)))
        .isEqualTo(Outcome.PASS);
    Baseline poor = p95(run(0.9, 0.01), name, 10.0, 4_999);
    assertThat(outcome(name + "_p95_ms", poor, later(run(0.9, 0.01), 1)))
        .isEqualTo(Outcome.NO_DATA);
    Baseline without = p95(run(0.9, 0.01), name, null, 0);
    assertThat(outcome(name + "_p95_ms", without, later(run(0.9, 0.01), 1)))
        .isEqualTo(Outcome.NO_DATA);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "0.60, 0.02, 9000, PASS, PASS",
        "0.599, 0.02, 9000, FAIL, PASS",
        "0.60, 0.0201, 9000, PASS, FAIL",
        "null, null, 9000, NO_DATA, NO_DATA",
        "0.99, 0.00, 4999, NO_DATA, NO_DATA"
      })
  void hitsAndMissesHaveLimitsOfTheirOwn(
      Double hits, Double misses, long n, Outcome hit, Outcome miss) {
    Baseline now = later(counted(run(hits, misses), n), 1);
    assertThat(outcome("cache_hit_ratio", run(0.9, 0.01), now)).isEqualTo(hit);
    assertThat(outcome("deadline_miss_ratio", run(0.9, 0.01), now)).isEqualTo(miss);
  }

  @Test
  void aLockGrowsStaleAndIsNeverOfTheFuture() {
    assertThat(outcome("lock_age", run(0.9, 0.01), later(run(0.9, 0.01), 90)))
        .isEqualTo(Outcome.PASS);
    assertThat(outcome("lock_age", run(0.9, 0.01), later(run(0.9, 0.01), 91)))
        .isEqualTo(Outcome.FAIL);
    assertThat(outcome("lock_age", run(0.9, 0.01), later(run(0.9, 0.01), -1)))
        .isEqualTo(Outcome.FAIL);
  }

  @Test
  void anotherHostConfigurationOrProvenanceIsSaidAndFailsWhenAskedTo() {
    Baseline locked = run(0.9, 0.01);
    Baseline now = elsewhere(later(locked, 1));
    for (String id : List.of("host", "configuration", "source")) {
      assertThat(outcome(id, locked, later(locked, 1))).as(id).isEqualTo(Outcome.PASS);
      assertThat(outcome(id, locked, now)).as(id).isEqualTo(Outcome.WARN);
      BaselineLimits strict = BaselineLimits.DEFAULT.with(5_000, BaselineLimits.MAX_AGE_MS, true);
      assertThat(check(id, BaselineJudge.judge(locked, now, strict)).outcome())
          .as(id)
          .isEqualTo(Outcome.FAIL);
    }
  }

  @Test
  void theVeryRunThatWasLockedProvesNothingNew() {
    Baseline locked = run(0.9, 0.01);
    assertThat(check("other_run", BaselineJudge.judge(locked, locked, BaselineLimits.DEFAULT)))
        .satisfies(check -> assertThat(check.outcome()).isEqualTo(Outcome.WARN));
    assertThat(BaselineJudge.judge(locked, later(locked, 1), BaselineLimits.DEFAULT))
        .extracting(BaselineCheck::id)
        .doesNotContain("other_run");
  }

  @Test
  void anAlteredLockIsJudgedByNothingElse() {
    assertThat(BaselineJudge.altered("hash differs"))
        .singleElement()
        .satisfies(check -> assertThat(check.passes()).isFalse());
  }

  private static Outcome outcome(String id, UnaryOperator<Baseline> change) {
    Baseline locked = run(0.9, 0.01);
    return outcome(id, locked, later(change.apply(locked), 1));
  }

  private static Outcome outcome(String id, Baseline locked, Baseline now) {
    return check(id, BaselineJudge.judge(locked, now, BaselineLimits.DEFAULT)).outcome();
  }

  private static BaselineCheck check(String id, List<BaselineCheck> checks) {
    return checks.stream().filter(check -> check.id().equals(id)).findFirst().orElseThrow();
  }

  private static Baseline run(Double hits, Double misses) {
    Map<String, LatencyFigures> latency = new TreeMap<>();
    Baseline.STAGES.forEach(stage -> latency.put(stage, new LatencyFigures(5, 10, 15, 9_000)));
    latency.put(Baseline.TOTAL, new LatencyFigures(5, 10, 15, 9_000));
    return new Baseline(
        Baseline.SCHEMA,
        "mm-1",
        Source.SIMULATED,
        List.of("run-1"),
        List.of("build"),
        List.of("config"),
        0,
        DAY_US,
        LOCKED_US,
        HOST,
        new TreeMap<>(latency),
        9_000,
        misses,
        9_000,
        hits,
        1.0,
        2.0,
        24);
  }

  private static Baseline p95(Baseline from, String name, Double ms, long n) {
    TreeMap<String, LatencyFigures> latency = new TreeMap<>(from.latency());
    latency.remove(name);
    if (ms != null) {
      latency.put(name, new LatencyFigures(0, ms, 99, n));
    }
    return copy(
        from, from.source(), from.configHashes(), from.runIds(), from.host(), latency, 9_000);
  }

  private static Baseline counted(Baseline from, long n) {
    return copy(
        from,
        from.source(),
        from.configHashes(),
        from.runIds(),
        from.host(),
        new TreeMap<>(from.latency()),
        n);
  }

  private static Baseline elsewhere(Baseline from) {
    return copy(
        from,
        Source.PAPER,
        List.of("other"),
        from.runIds(),
        new Host("some cpu", 2, 16, "17.0.1"),
        new TreeMap<>(from.latency()),
        9_000);
  }

  /** Another run, judged so many days after the lock was made. */
  private static Baseline later(Baseline from, long days) {
    Baseline run =
        copy(
            from,
            from.source(),
            from.configHashes(),
            List.of("run-2"),
            from.host(),
            new TreeMap<>(from.latency()),
            from.ticks());
    return new Baseline(
        run.schema(),
        run.engineId(),
        run.source(),
        run.runIds(),
        run.buildIds(),
        run.configHashes(),
        run.sinceUs(),
        run.untilUs(),
        LOCKED_US + days * DAY_US,
        run.host(),
        run.latency(),
        run.ticks(),
        run.missRatio(),
        run.lookups(),
        run.hitRatio(),
        run.pnlHourlyMean(),
        run.pnlHourlySigma(),
        run.hours());
  }

  private static Baseline copy(
      Baseline from,
      Source source,
      List<String> configHashes,
      List<String> runIds,
      Host host,
      SortedMap<String, LatencyFigures> latency,
      long n) {
    return new Baseline(
        from.schema(),
        from.engineId(),
        source,
        runIds,
        from.buildIds(),
        configHashes,
        from.sinceUs(),
        from.untilUs(),
        from.lockedAtUs(),
        host,
        latency,
        n,
        from.missRatio(),
        n,
        from.hitRatio(),
        from.pnlHourlyMean(),
        from.pnlHourlySigma(),
        from.hours());
  }
}
