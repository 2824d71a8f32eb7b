// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.app.PacedRunner;
import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Tick;
import java.util.List;
import org.junit.jupiter.api.Test;

class PunctuationTest {
  private static final long BUCKET_US = 10_000_000L;

  @Test
  void healthStandsAtEveryBorderAndSaysWhatWasSentBeforeIt() {
    Sim sim = new Sim().run(3_600);
    assertBorders(sim.sink.healths, Sim.START_US, 361);
    assertSentIsRight(sim.sink.all);
  }

  @Test
  void sequenceNumbersHaveNoGapPerStream() {
    Sim sim = new Sim().run(1_800);
    assertDense(sim.sink.ticks.stream().map(Tick::seq).toList());
    assertDense(sim.sink.orders.stream().map(Order::seq).toList());
    assertDense(sim.sink.fills.stream().map(Fill::seq).toList());
    assertDense(sim.sink.healths.stream().map(Health::seq).toList());
    assertDense(sim.sink.ledgers.stream().map(Ledger::seq).toList());
  }

  @Test
  void engineLedgerAgreesWithTheVenueAtEachBorder() {
    Sim sim = new Sim().run(3_600);
    Ledger engine = sim.sink.ledgers.get(sim.sink.ledgers.size() - 1);
    assertThat(engine.book()).isEqualTo(Book.ENGINE);
    assertThat(engine.asOfUs() % BUCKET_US).isZero();
    assertThat(sim.engine.positions()).hasSameSizeAs(sim.venue.positions());
    assertThat(sim.engine.positions().get(0).qty())
        .isEqualByComparingTo(sim.venue.positions().get(0).qty());
    for (int i = 0; i < engine.balances().size(); i++) {
      assertThat(sim.engine.balances().get(i).asset())
          .isEqualTo(sim.venue.balances().get(i).asset());
      assertThat(sim.engine.balances().get(i).total())
          .isEqualByComparingTo(sim.venue.balances().get(i).total());
    }
  }

  @Test
  void holeLosesTicksAfterTheirNumberWhileHealthGoesOn() {
    Sim sim = new Sim(Faults.of(FaultKind.HOLE, 600_000, 60_000)).run(1_200);
    long fromUs = Sim.START_US + 600_000_000L;
    assertThat(sim.sink.ticks)
        .noneMatch(t -> t.eventTimeUs() >= fromUs && t.eventTimeUs() < fromUs + 60_000_000L);
    Tick before =
        sim.sink.ticks.stream().filter(t -> t.eventTimeUs() < fromUs).reduce((a, b) -> b).get();
    Tick after = sim.sink.ticks.stream().filter(t -> t.eventTimeUs() >= fromUs).findFirst().get();
    assertThat(after.seq() - before.seq()).isEqualTo(121);
    assertBorders(sim.sink.healths, Sim.START_US, 121);
    assertThat(sim.sink.healths.get(65).sent().ticks())
        .isGreaterThan(sim.sink.healths.get(60).sent().ticks());
  }

  @Test
  void silenceStopsEverythingOfTheEngineWhileTheVenueGoesOn() {
    Sim sim = new Sim(Faults.of(FaultKind.SILENCE, 600_000, 120_000)).run(1_200);
    long fromUs = Sim.START_US + 600_000_000L;
    long toUs = fromUs + 120_000_000L;
    assertThat(sim.sink.ticks).noneMatch(t -> t.eventTimeUs() >= fromUs && t.eventTimeUs() < toUs);
    assertThat(sim.sink.orders).noneMatch(o -> o.eventTimeUs() >= fromUs && o.eventTimeUs() < toUs);
    assertThat(sim.sink.healths)
        .noneMatch(h -> h.eventTimeUs() >= fromUs && h.eventTimeUs() < toUs);
    assertThat(sim.venueLedgers.stream().filter(l -> l.asOfUs() >= fromUs && l.asOfUs() < toUs))
        .hasSize(12);
    assertThat(sim.sink.healths).anyMatch(h -> h.eventTimeUs() == toUs);
    assertThat(sim.sink.ticks).anyMatch(t -> t.eventTimeUs() == toUs);
    assertSentIsRight(sim.sink.all);
  }

  @Test
  void endOfTheRunClosesItsLastBucketAndAFewMore() {
    long endUs = Sim.START_US + 60_000_000L;
    Sim sim = new Sim(FaultPlan.NONE, null, Sim.START_US, endUs);
    PacedRunner runner = sim.runner;
    runner.run(endUs - 1, Integer.MAX_VALUE);
    assertThat(runner.finished()).isFalse();
    runner.run(endUs, Integer.MAX_VALUE);
    assertThat(runner.finished()).isTrue();
    assertThat(sim.sink.ticks).allMatch(t -> t.eventTimeUs() < endUs);
    assertBorders(sim.sink.healths, Sim.START_US, 10);
    assertThat(sim.venue.openOrders()).isEmpty();
    assertThat(sim.sink.healths.get(9).openOrders()).isZero();
    assertThat(sim.venueLedgers.get(sim.venueLedgers.size() - 1).asOfUs())
        .isGreaterThanOrEqualTo(endUs + 20_000_000L);
    assertSentIsRight(sim.sink.all);
  }

  private static void assertDense(List<Long> sequence) {
    for (int i = 0; i < sequence.size(); i++) {
      assertThat(sequence.get(i)).isEqualTo(i + 1L);
    }
  }

  private static void assertBorders(List<Health> healths, long startUs, int count) {
    assertThat(healths).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(healths.get(i).eventTimeUs()).isEqualTo(startUs + i * BUCKET_US);
    }
  }

  /** Everything before a health record in time has been sent before it and is in its counts. */
  private static void assertSentIsRight(List<Record> events) {
    long ticks = 0;
    long orders = 0;
    long fills = 0;
    long closedUs = Long.MIN_VALUE;
    for (Record event : events) {
      if (event instanceof Health health) {
        assertThat(health.sent().ticks()).isGreaterThanOrEqualTo(ticks);
        assertThat(health.sent().orders()).isEqualTo(orders);
        assertThat(health.sent().fills()).isEqualTo(fills);
        closedUs = health.eventTimeUs();
      } else if (event instanceof Tick tick) {
        ticks = tick.seq();
        assertThat(tick.eventTimeUs()).isGreaterThanOrEqualTo(closedUs);
      } else if (event instanceof Order order) {
        orders = order.seq();
        assertThat(order.eventTimeUs()).isGreaterThanOrEqualTo(closedUs);
      } else if (event instanceof Fill fill) {
        fills = fill.seq();
        assertThat(fill.eventTimeUs()).isGreaterThanOrEqualTo(closedUs);
      }
    }
  }
}
