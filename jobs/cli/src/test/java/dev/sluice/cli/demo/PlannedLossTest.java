// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.verify.Span;
import dev.sluice.cli.verify.Verification;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.rules.completeness.CheckResult;
import dev.sluice.rules.completeness.CompletenessCheck;
import dev.sluice.rules.completeness.DatasetCounts;
import dev.sluice.rules.completeness.NumberRange;
import dev.sluice.rules.completeness.StreamCounts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Only what the scenario loses may be missing, there and nowhere else. */
class PlannedLossTest {
  private static final long START_US = 1_767_571_200_000_000L;
  private static final long MINUTE_US = 60_000_000L;
  private static final Scenario SCENARIO =
      Scenario.parse(
          """
          name: test
          description: a hole and a silence
          start: 2026-01-05T00:00:00Z
          duration: 3h
          seed: 1
          engine: mm-1
          ticks_per_second: 2
          symbols: [SIMUSDT]
          faults:
            - {id: hole, kind: hole, at: 60m, for: 4m, expect: []}
            - {id: silence, kind: silence, at: 30m, for: 4m, expect: []}
          """,
          "test");

  @Test
  void aHoleWhereTheScenarioHasOneIsPlanned() {
    PlannedLoss loss = loss(range(60, 64), 480);
    assertThat(loss.problems()).isEmpty();
    assertThat(loss.planned())
        .containsExactly(
            "480 ticks (7201-7680) lost before the archive, on the way, as the scenario planned"
                + " (hole)");
  }

  @Test
  void aHoleElsewhereIsAProblemAndSoIsThePlannedOneThatDidNotCome() {
    PlannedLoss loss = loss(range(80, 84), 480);
    assertThat(loss.planned()).isEmpty();
    assertThat(loss.problems())
        .containsExactly(
            "ticks of mm-1, run r1: 21600 sent, 21,120 stored, and 0 lost as planned",
            "hole: ticks were to be lost there, and none are");
  }

  @Test
  void oneMoreLostThanPlannedIsAProblem() {
    assertThat(loss(range(60, 64), 481).problems())
        .singleElement()
        .asString()
        .contains("480 lost as planned");
  }

  @Test
  void anyOtherCheckThatDidNotPassIsAProblem() {
    StreamCounts ticks = ticks(range(60, 64), 480);
    CompletenessCheck links =
        new CompletenessCheck("links", "fill-order", CheckResult.FAIL, 1.0, 0.0, "one is broken");
    assertThat(PlannedLoss.of(SCENARIO, START_US, verification(ticks, List.of(links))).problems())
        .containsExactly("one is broken");
  }

  @Test
  void timeIsCoveredFromTheLastPlannedGapOn() {
    assertThat(StoredWhole.coveredMs(SCENARIO)).isEqualTo(114 * 60_000);
  }

  private static PlannedLoss loss(NumberRange range, long missing) {
    return PlannedLoss.of(SCENARIO, START_US, verification(ticks(range, missing), List.of()));
  }

  private static NumberRange range(long fromMinute, long toMinute) {
    return NumberRange.of(7201, 7680)
        .between(START_US + fromMinute * MINUTE_US - 500_000, START_US + toMinute * MINUTE_US);
  }

  private static StreamCounts ticks(NumberRange range, long missing) {
    long stored = 21_600 - missing;
    return new StreamCounts(
        "mm-1",
        "r1",
        "ticks",
        "ticks",
        0,
        21_600L,
        "its heartbeats",
        stored,
        stored,
        1,
        21_600,
        List.of(range));
  }

  private static Verification verification(StreamCounts ticks, List<CompletenessCheck> checks) {
    return new Verification(
        "here",
        Span.ALL,
        checks,
        new DatasetCounts(List.of(ticks), List.of(), List.of(), List.of(), List.of()),
        Map.of(),
        Map.of(),
        Map.of(),
        0,
        List.of());
  }
}
