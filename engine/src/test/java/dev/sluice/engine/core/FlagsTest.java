// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Tick;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each flag switches something that can be seen from outside. */
class FlagsTest {
  @Test
  void pipelineOffPublishesTicksAndQuotesNothing() {
    Sim off = new Sim("flags.pipeline=false").run(600);
    assertThat(off.sink.orders).isEmpty();
    assertThat(off.sink.ticks).hasSize(1_200);
    assertThat(off.sink.ticks).allMatch(t -> t.stages().emitMs() == 0.0);
  }

  @Test
  void mdCacheOffMakesNoLookups() {
    Sim on = new Sim().run(600);
    Sim off = new Sim("flags.md_cache=false").run(600);
    assertThat(on.sink.ticks).allMatch(t -> t.cacheHit() != null);
    assertThat(off.sink.ticks).allMatch(t -> t.cacheHit() == null && !t.usedStale());
    assertThat(meanFetchMs(off)).isGreaterThan(2.0 * meanFetchMs(on));
  }

  @Test
  void adaptiveSpreadOffQuotesAtTheFixedDistance() {
    Set<Long> on = distances(new Sim("flags.inventory_skew=false"));
    Set<Long> off = distances(new Sim("flags.inventory_skew=false", "flags.adaptive_spread=false"));
    assertThat(off.size()).isLessThan(on.size());
    assertThat(off).allMatch(bps -> bps >= 2 && bps <= 5);
  }

  @Test
  void queueAwareKeepsPlacesThatWouldBeGivenUp() {
    Sim on = new Sim("quotes.requote_bps=1").run(14_400);
    Sim off = new Sim("quotes.requote_bps=1", "flags.queue_aware=false").run(14_400);
    assertThat(count(off, "replaced")).isGreaterThan(count(on, "replaced"));
  }

  @Test
  void inventorySkewKeepsThePositionSmaller() {
    Sim on = new Sim("taker.hedge_trigger=1").run(14_400);
    Sim off = new Sim("taker.hedge_trigger=1", "flags.inventory_skew=false").run(14_400);
    assertThat(meanPosition(off)).isGreaterThan(1.2 * meanPosition(on));
  }

  @Test
  void takerCapHoldsTheShareOfTheRollingHour() {
    String trigger = "taker.hedge_trigger=0.11";
    Sim on = new Sim(trigger).run(14_400);
    Sim off = new Sim(trigger, "flags.taker_cap=false").run(14_400);
    assertThat(takerShare(on)).isBetween(0.0001, 0.10);
    assertThat(takerShare(off)).isGreaterThan(0.15);
  }

  @Test
  void asyncBatchOffSendsOneOrderAtATimeAndWaitsForItsAnswer() {
    assertThat(mostSubmitsAtOnce(new Sim().run(600))).isEqualTo(2);
    Sim off = new Sim("flags.async_batch=false").run(600);
    assertThat(mostSubmitsAtOnce(off)).isEqualTo(1);
    assertThat(off.sink.fills).isNotEmpty();
  }

  @Test
  void fastCancelTakesQuotesOffBetweenPasses() {
    Sim on = new Sim("guards.move_through_bps=1").run(7_200);
    Sim off = new Sim("guards.move_through_bps=1", "flags.fast_cancel=false").run(7_200);
    assertThat(count(on, "market moved through")).isPositive();
    assertThat(count(off, "market moved through")).isZero();
    assertThat(on.sink.orders)
        .anyMatch(
            o ->
                o.state() == OrderState.CANCEL_REQUESTED
                    && "market moved through".equals(o.reason())
                    && o.eventTimeUs() % 500_000 != 0);
  }

  @Test
  void healthNamesEveryFlag() {
    Sim sim = new Sim("flags.queue_aware=false").run(10);
    assertThat(sim.sink.healths.get(0).flags())
        .hasSize(9)
        .containsEntry("queue_aware", false)
        .containsEntry("pipeline", true);
  }

  @Test
  void bookCadencePassesOnlyWhenTheBookChanged() {
    Sim book = new Sim(FaultPlan.NONE, "cadence=BOOK", "ticks_per_second=10").run(600);
    Sim timer = new Sim(FaultPlan.NONE, "ticks_per_second=10").run(600);
    assertThat(timer.sink.ticks.size()).isBetween(5_990, 6_000);
    assertThat(book.sink.ticks.size()).isBetween(300, 3_000);
    for (int i = 1; i < book.sink.ticks.size(); i++) {
      Tick before = book.sink.ticks.get(i - 1);
      assertThat(book.sink.ticks.get(i).eventTimeUs() - before.eventTimeUs())
          .isGreaterThanOrEqualTo(100_000L);
    }
  }

  private static double meanFetchMs(Sim sim) {
    return sim.sink.ticks.stream().mapToDouble(t -> t.stages().fetchMdMs()).average().orElseThrow();
  }

  /** Distances of fresh quotes from the mid in whole bps. */
  private static Set<Long> distances(Sim sim) {
    sim.run(7_200);
    Set<Long> distances = new HashSet<>();
    List<Tick> ticks = sim.sink.ticks;
    for (Order order : sim.sink.orders) {
      if (order.state() == OrderState.INTENDED && order.price() != null) {
        int index = (int) ((order.eventTimeUs() - ticks.get(0).eventTimeUs()) / 500_000);
        Tick tick = ticks.get(Math.min(index, ticks.size() - 1));
        double mid = (tick.bid() + tick.ask()) / 2;
        distances.add(Math.round(Math.abs(order.price().doubleValue() / mid - 1) * 1e4));
      }
    }
    return distances;
  }

  private static long count(Sim sim, String reason) {
    return sim.sink.orders.stream()
        .filter(o -> o.state() == OrderState.CANCEL_REQUESTED && reason.equals(o.reason()))
        .count();
  }

  private static double meanPosition(Sim sim) {
    return sim.sink.fills.stream()
        .mapToDouble(f -> Math.abs(f.positionAfter().doubleValue()))
        .average()
        .orElseThrow();
  }

  private static double takerShare(Sim sim) {
    double taken = 0;
    double total = 0;
    for (var fill : sim.sink.fills) {
      double notional = fill.price().multiply(fill.qty()).doubleValue();
      total += notional;
      taken += fill.liquidity() == Liquidity.TAKER ? notional : 0;
    }
    return taken / total;
  }

  private static int mostSubmitsAtOnce(Sim sim) {
    int most = 0;
    int run = 0;
    long lastUs = -1;
    for (Order order : sim.sink.orders) {
      if (order.state() == OrderState.SUBMITTED) {
        run = order.eventTimeUs() == lastUs ? run + 1 : 1;
        lastUs = order.eventTimeUs();
        most = Math.max(most, run);
      }
    }
    return most;
  }
}
