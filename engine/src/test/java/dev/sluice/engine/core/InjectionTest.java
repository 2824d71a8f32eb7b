// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.FaultKind;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Safeguards;
import dev.sluice.schemas.Tick;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Each injected fault shows in the events, in every bucket of its time and in no other. */
class InjectionTest {
  private static final long HOUR_MS = 3_600_000L;
  private static final long BUCKET_US = 10_000_000L;

  @Test
  void withoutFaultsEveryFigureIsHealthy() {
    Sim sim = new Sim().run(6 * 3_600);
    List<Tick> ticks = sim.sink.ticks;
    double n = ticks.size();
    assertThat(ticks.stream().filter(InjectionTest::missed).count() / n).isBetween(0.002, 0.01);
    assertThat(ticks.stream().filter(Tick::cacheHit).count() / n).isBetween(0.82, 0.95);
    assertThat(percentile(ticks.stream().mapToDouble(t -> t.stages().fetchMdMs()).toArray()))
        .isLessThan(35.0);
    assertThat(percentile(ticks.stream().mapToDouble(Tick::totalMs).toArray())).isLessThan(150.0);
    double taken = notional(sim, Sim.START_US, sim.nowUs(), true);
    assertThat(taken / notional(sim, Sim.START_US, sim.nowUs(), false)).isBetween(0.001, 0.10);
    Health last = sim.sink.healths.get(sim.sink.healths.size() - 1);
    assertThat(last.unfilledOrders()).isZero();
    assertThat(last.breaker()).isEqualTo(BreakerState.CLOSED);
    assertThat(last.staleMarks()).isZero();
    assertThat(last.safeguards())
        .as("no safeguard has anything to do")
        .isEqualTo(new Safeguards(0, 0, 0, 0, last.safeguards().clockSkewMs()));
    assertThat(last.safeguards().clockSkewMs()).isBetween(-5.0, 2.0);
  }

  @Test
  void deadlineStormBreachesEveryBucketOfItsTime() {
    Sim sim = new Sim(Faults.of(FaultKind.DEADLINE_STORM, HOUR_MS, 720_000)).run(2 * 3_600);
    long fromUs = Sim.START_US + HOUR_MS * 1_000;
    for (long bucketUs = fromUs; bucketUs < fromUs + 720_000_000L; bucketUs += BUCKET_US) {
      assertThat(share(sim, bucketUs, InjectionTest::missed)).isGreaterThan(0.05);
    }
    assertThat(share(sim, fromUs - BUCKET_US, InjectionTest::missed)).isLessThanOrEqualTo(0.10);
    assertThat(share(sim, fromUs + 720_000_000L, InjectionTest::missed)).isLessThanOrEqualTo(0.10);
  }

  @Test
  void cacheMissesKeepTheHitRatioLowAndTheDeadlineMet() {
    Sim sim = new Sim(Faults.of(FaultKind.CACHE_MISS, HOUR_MS, HOUR_MS)).run(2 * 3_600);
    long fromUs = Sim.START_US + HOUR_MS * 1_000;
    for (long bucketUs = fromUs; bucketUs < fromUs + HOUR_MS * 1_000; bucketUs += BUCKET_US) {
      assertThat(share(sim, bucketUs, Tick::cacheHit)).isLessThan(0.5);
    }
    List<Tick> during = sim.sink.ticks.stream().filter(t -> t.eventTimeUs() >= fromUs).toList();
    assertThat(during.stream().filter(InjectionTest::missed).count() / (double) during.size())
        .isLessThan(0.02);
  }

  @Test
  void takerFlowPassesTheCap() {
    Sim sim = new Sim(Faults.of(FaultKind.TAKER_FLOW, HOUR_MS, 2 * HOUR_MS)).run(3 * 3_600);
    long fromUs = Sim.START_US + HOUR_MS * 1_000;
    double before = notional(sim, Sim.START_US, fromUs, true);
    double during = notional(sim, fromUs, sim.nowUs(), true);
    assertThat(before / notional(sim, Sim.START_US, fromUs, false)).isLessThan(0.10);
    assertThat(during / notional(sim, fromUs, sim.nowUs(), false)).isGreaterThan(0.25);
  }

  @Test
  void leakRaisesMemoryByItsRateAndBaseIsFlatAfterWarmUp() {
    Sim sim =
        new Sim(
                Faults.of(
                    FaultKind.MEMORY_LEAK, 3 * HOUR_MS, 3 * HOUR_MS, Map.of("mb_per_h", "240")))
            .run(7 * 3_600);
    assertThat(growthMb(sim, 1, 3)).isBetween(-3.0, 5.0);
    assertThat(growthMb(sim, 3, 6)).isBetween(710.0, 730.0);
    assertThat(growthMb(sim, 6, 7)).isBetween(-3.0, 3.0);
  }

  @Test
  void failingApiOpensTheBreakerForTheWholeFault() {
    Sim sim = new Sim(Faults.of(FaultKind.BREAKER_OPEN, HOUR_MS, 420_000)).run(2 * 3_600);
    long fromUs = Sim.START_US + HOUR_MS * 1_000;
    List<Health> during =
        sim.sink.healths.stream()
            .filter(h -> h.eventTimeUs() > fromUs && h.eventTimeUs() <= fromUs + 420_000_000L)
            .toList();
    assertThat(during).allMatch(h -> h.breaker() != BreakerState.CLOSED);
    assertThat(during.stream().mapToLong(Health::breakerSinceUs).distinct().count()).isEqualTo(1);
    assertThat(during.get(0).breakerSinceUs() - fromUs).isBetween(0L, 6_000_000L);
    assertThat(during.get(during.size() - 1).openOrders()).isZero();
    assertThat(during.get(during.size() - 1).apiErrors()).isPositive();
    Health after = sim.sink.healths.get(sim.sink.healths.size() - 1);
    assertThat(after.breaker()).isEqualTo(BreakerState.CLOSED);
    assertThat(sim.sink.orders)
        .anyMatch(o -> o.state() == OrderState.ACKED && o.eventTimeUs() > fromUs + 470_000_000L);
  }

  private static boolean missed(Tick tick) {
    return tick.totalMs() > tick.deadlineMs();
  }

  private static double share(Sim sim, long bucketUs, Predicate<Tick> condition) {
    List<Tick> ticks =
        sim.sink.ticks.stream()
            .filter(t -> t.eventTimeUs() >= bucketUs && t.eventTimeUs() < bucketUs + BUCKET_US)
            .toList();
    assertThat(ticks).hasSize(20);
    return ticks.stream().filter(condition).count() / 20.0;
  }

  private static double notional(Sim sim, long fromUs, long toUs, boolean takerOnly) {
    return sim.sink.fills.stream()
        .filter(f -> f.eventTimeUs() >= fromUs && f.eventTimeUs() < toUs)
        .filter(f -> !takerOnly || f.liquidity() == Liquidity.TAKER)
        .mapToDouble(f -> f.price().multiply(f.qty()).doubleValue())
        .sum();
  }

  private static double growthMb(Sim sim, int fromHour, int toHour) {
    ToLongFunction<Integer> rss = hour -> sim.sink.healths.get(hour * 360).rssBytes();
    return (rss.applyAsLong(toHour) - rss.applyAsLong(fromHour)) / 1_048_576.0;
  }

  private static double percentile(double[] values) {
    java.util.Arrays.sort(values);
    return values[(int) (values.length * 0.95)];
  }
}
