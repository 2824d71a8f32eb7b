// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Tick;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObedienceTest {
  /** Quotes at the venue and a position that is not flat. */
  private static Sim trading() {
    Sim sim = new Sim().run(600);
    while (sim.venue.openOrders().size() < 2 || sim.venue.positions().isEmpty()) {
      sim.run(1);
    }
    return sim;
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"PAUSE", "HALT", "FLATTEN"})
  void takesEveryQuoteOffAtOnceAndSaysSo(Mode mode) {
    Sim sim = trading();
    int ordersBefore = sim.sink.orders.size();
    sim.order(mode).run(0.5);
    assertThat(sim.venue.openOrders()).noneMatch(o -> !isExit(sim, o.clientOrderId()));
    var first = sim.sink.orders.get(ordersBefore);
    assertThat(first.state()).isEqualTo(OrderState.CANCEL_REQUESTED);
    assertThat(first.reason()).isEqualTo("control: " + mode);
    assertThat(sim.acks.stream().map(a -> a.status()).toList())
        .containsExactly(AckStatus.RECEIVED, AckStatus.EFFECTIVE);
    assertThat(sim.acks.get(1).eventTimeUs() - sim.acks.get(0).eventTimeUs())
        .as("two ways to the venue")
        .isBetween(0L, 100_000L);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"REDUCE_ONLY", "PAUSE", "HALT", "FLATTEN"})
  void neverEnlargesAPositionUntilItMayRunAgain(Mode mode) {
    Sim sim = trading();
    sim.order(mode).run(1);
    int fillsBefore = sim.sink.fills.size();
    double held =
        sim.engine.positions().stream().mapToDouble(p -> Math.abs(p.qty().doubleValue())).sum();
    int ticksBefore = sim.sink.ticks.size();
    sim.run(3_600);
    for (var fill : sim.sink.fills.subList(fillsBefore, sim.sink.fills.size())) {
      double now = Math.abs(fill.positionAfter().doubleValue());
      assertThat(now).isLessThan(held);
      held = now;
    }
    assertThat(sim.sink.ticks.size() - ticksBefore).as("ticks flow in every mode").isEqualTo(7_200);
    int ordersBefore = sim.sink.orders.size();
    sim.order(Mode.RUN).run(10);
    assertThat(sim.sink.orders.size()).isGreaterThan(ordersBefore);
    assertThat(sim.venue.openOrders()).isNotEmpty();
  }

  @Test
  void reduceOnlyWorksThePositionDownWithQuotes() {
    Sim sim = trading();
    sim.order(Mode.REDUCE_ONLY).run(3_600);
    assertThat(sim.venue.positions()).isEmpty();
    assertThat(sim.venue.openOrders()).isEmpty();
    assertThat(sim.acks).extracting(a -> a.status()).contains(AckStatus.EFFECTIVE);
  }

  @Test
  void flattenClosesThePositionWithReducingExits() {
    Sim sim = trading();
    sim.order(Mode.FLATTEN).run(2);
    assertThat(sim.venue.positions()).isEmpty();
    assertThat(sim.engine.positions()).isEmpty();
    assertThat(sim.sink.orders).anyMatch(o -> o.purpose() == Purpose.EXIT);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"PAUSE", "HALT"})
  void holdsThePositionWithoutExitsOfItsOwn(Mode mode) {
    Sim sim = trading();
    sim.order(mode).run(1);
    var held = sim.engine.positions();
    sim.run(1_800);
    assertThat(sim.engine.positions()).isEqualTo(held);
    assertThat(sim.sink.orders).noneMatch(o -> o.purpose() == Purpose.EXIT);
  }

  @Test
  void placesNothingBeforeTheFirstLease() {
    Sim sim = Sim.withoutLease();
    sim.run(60);
    assertThat(sim.sink.orders).isEmpty();
    assertThat(sim.sink.ticks).hasSizeGreaterThan(100);
    assertThat(sim.sink.healths).allMatch(h -> h.mode() == Mode.PAUSE);
    sim.lease(Sim.START_US);
    sim.run(5);
    assertThat(sim.sink.orders).isNotEmpty();
  }

  @Test
  void healthSpeaksOfTheModeAndEpochInForce() {
    Sim sim = trading();
    sim.order(Mode.HALT).run(20);
    var health = sim.sink.healths.get(sim.sink.healths.size() - 1);
    assertThat(health.mode()).isEqualTo(Mode.HALT);
    assertThat(health.controlEpoch()).isEqualTo(1);
    assertThat(health.openOrders()).isZero();
  }

  @Test
  void silentLoopObeysAsSoonAsItWakes() {
    FaultPlan silent = Faults.silence(600_000, 120_000);
    Sim sim = new Sim(silent).run(599);
    sim.run(10);
    sim.order(Mode.HALT);
    sim.run(60);
    assertThat(sim.acks).isEmpty();
    sim.run(60);
    assertThat(sim.acks)
        .extracting(a -> a.status())
        .containsExactly(AckStatus.RECEIVED, AckStatus.EFFECTIVE);
    assertThat(sim.venue.openOrders()).isEmpty();
  }

  @Test
  void hardCapsNeedNoJudge() {
    Sim small = new Sim("caps.max_position=800").run(7_200);
    assertThat(small.sink.fills)
        .allMatch(f -> Math.abs(f.positionAfter().doubleValue()) * f.midAtFill() < 808);
    Sim slow =
        new Sim("caps.max_orders_per_second=1", "quotes.min_life=0s", "quotes.requote_bps=0")
            .run(600);
    List<Long> submits =
        slow.sink.orders.stream()
            .filter(o -> o.state() == OrderState.SUBMITTED)
            .map(o -> o.eventTimeUs())
            .toList();
    for (int i = 1; i < submits.size(); i++) {
      assertThat(submits.get(i) - submits.get(i - 1)).isGreaterThanOrEqualTo(1_000_000L);
    }
    Sim losing =
        new Sim(
                "caps.max_daily_loss_ratio=0.0000001",
                "spread.min_half_bps=0.1",
                "spread.max_half_bps=0.2",
                "inventory.max_skew_bps=0")
            .run(7_200);
    Tick last = losing.sink.ticks.get(losing.sink.ticks.size() - 1);
    assertThat(losing.sink.healths.get(losing.sink.healths.size() - 1).guardTriggers())
        .isPositive();
    assertThat(last).isNotNull();
    assertThat(losing.engine.positions()).as("worked down to flat").isEmpty();
  }

  @Test
  void aQuoteIsReplacedOnlyOnceTheCancelOfTheOldOneIsConfirmed() {
    Sim sim = new Sim("quotes.min_life=0s", "quotes.requote_bps=0").run(3_600);
    Map<Side, String> open = new EnumMap<>(Side.class);
    int replaced = 0;
    for (Order order : sim.sink.orders) {
      if (order.purpose() != Purpose.QUOTE) {
        continue;
      }
      if (order.state() == OrderState.INTENDED) {
        assertThat(open.put(order.side(), order.clientOrderId())).isNull();
      } else if (order.state().terminal()) {
        assertThat(open.remove(order.side())).isEqualTo(order.clientOrderId());
        replaced += order.state() == OrderState.CANCELLED ? 1 : 0;
      }
    }
    assertThat(replaced).isGreaterThan(100);
  }

  private static boolean isExit(Sim sim, String clientOrderId) {
    return sim.sink.orders.stream()
        .anyMatch(o -> o.clientOrderId().equals(clientOrderId) && o.purpose() == Purpose.EXIT);
  }
}
