// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final long START_US = 1_000_000_000_000L;
  private static final long HOUR_US = 3_600_000_000L;

  @Test
  void faultHoldsFromItsStartInclusiveToItsEndExclusive() {
    FaultPlan plan = plan(FaultKind.DEADLINE_STORM, Map.of("miss_ratio", "0.4", "extra_ms", "90"));
    assertThat(plan.stormRatio(START_US + HOUR_US - 1)).isZero();
    assertThat(plan.stormRatio(START_US + HOUR_US)).isEqualTo(0.4);
    assertThat(plan.stormExtraMs(START_US + HOUR_US)).isEqualTo(90.0);
    assertThat(plan.stormRatio(START_US + 3 * HOUR_US - 1)).isEqualTo(0.4);
    assertThat(plan.stormRatio(START_US + 3 * HOUR_US)).isZero();
  }

  @Test
  void eachKindInjectsItsOwnAndNothingElse() {
    long t = START_US + 2 * HOUR_US;
    for (FaultKind kind : FaultKind.values()) {
      FaultPlan plan = plan(kind, Map.of());
      assertThat(plan.stormRatio(t) > 0).isEqualTo(kind == FaultKind.DEADLINE_STORM);
      assertThat(plan.cacheMissRatio(t) > 0).isEqualTo(kind == FaultKind.CACHE_MISS);
      assertThat(plan.takerEveryUs(null, t) > 0).isEqualTo(kind == FaultKind.TAKER_FLOW);
      assertThat(plan.leakedMb(t) > 0).isEqualTo(kind == FaultKind.MEMORY_LEAK);
      assertThat(plan.apiFails(t)).isEqualTo(kind == FaultKind.BREAKER_OPEN);
      assertThat(plan.silent(t)).isEqualTo(kind == FaultKind.SILENCE);
      assertThat(plan.losesTicks(t)).isEqualTo(kind == FaultKind.HOLE);
    }
  }

  @Test
  void whatLeakedStays() {
    FaultPlan plan = plan(FaultKind.MEMORY_LEAK, Map.of("mb_per_h", "200"));
    assertThat(plan.leakedMb(START_US + HOUR_US)).isZero();
    assertThat(plan.leakedMb(START_US + HOUR_US + HOUR_US / 2)).isCloseTo(100.0, within(1e-6));
    assertThat(plan.leakedMb(START_US + 3 * HOUR_US)).isCloseTo(400.0, within(1e-6));
    assertThat(plan.leakedMb(START_US + 9 * HOUR_US)).isCloseTo(400.0, within(1e-6));
  }

  @Test
  void silenceKnowsItsEnd() {
    FaultPlan plan = plan(FaultKind.SILENCE, Map.of());
    assertThat(plan.silenceEndUs(START_US + 2 * HOUR_US)).isEqualTo(START_US + 3 * HOUR_US);
    assertThat(plan.silenceEndUs(START_US)).isEqualTo(START_US);
  }

  private static FaultPlan plan(FaultKind kind, Map<String, String> params) {
    return new FaultPlan(
        START_US,
        List.of(new Scenario.Fault("f", kind, 3_600_000L, 7_200_000L, params, List.of())));
  }
}
