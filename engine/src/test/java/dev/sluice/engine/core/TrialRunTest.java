// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.config.TrialPlan;
import dev.sluice.engine.config.TrialPlan.Kind;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A whole engine in a trial: what its events say, and what becomes of its quotes. */
class TrialRunTest {
  private static final long SECOND_US = 1_000_000L;
  private static final long MINUTE_US = 60 * SECOND_US;
  private static final long FIRST_BORDER_US = Sim.START_US + MINUTE_US;

  /** B quotes 8 bps from the mid, A as the market wants it. */
  private static final TrialPlan WIDE =
      new TrialPlan(
          "wide",
          "B quotes far away",
          Kind.AB,
          "salt",
          60_000,
          10_000,
          List.of(0.1, 0.5, 1.0),
          Map.of("flags.adaptive_spread", "false", "spread.fixed_half_bps", "8"));

  private static Sim running(double share, String... settings) {
    return running(WIDE, FaultPlan.NONE, share, settings);
  }

  private static Sim running(TrialPlan plan, FaultPlan faults, double share, String... settings) {
    Sim sim = Sim.of(plan, faults, settings).run(10);
    return sim.order(Mode.RUN, RolloutState.running(plan.id(), share));
  }

  @Test
  void everyTickSaysItsArmSlotAndWarmUpFromTheFirstBorderOn() {
    Sim sim = running(0.5).run(3_600);
    for (Tick tick : sim.sink.ticks) {
      if (tick.eventTimeUs() < FIRST_BORDER_US) {
        assertThat(tick.arm()).isNull();
        assertThat(tick.slot()).isNull();
        assertThat(tick.warmup()).isNull();
      } else {
        long slot = SlotAssignment.slot(tick.eventTimeUs(), 60_000);
        assertThat(tick.slot()).isEqualTo(slot);
        assertThat(tick.arm()).isEqualTo(SlotAssignment.arm("salt", tick.symbol(), slot, 0.5));
        assertThat(tick.warmup()).isEqualTo(warm(tick.eventTimeUs()));
      }
    }
    Map<Long, Set<Arm>> blocks = new TreeMap<>();
    sim.sink.ticks.stream()
        .filter(tick -> tick.slot() != null)
        .forEach(t -> blocks.computeIfAbsent(t.slot() / 2, b -> new HashSet<>()).add(t.arm()));
    assertThat(blocks.values().stream().filter(arms -> arms.size() == 2))
        .as("one of each in every whole block")
        .hasSizeGreaterThanOrEqualTo(blocks.size() - 2);
  }

  @Test
  void ordersAndFillsBelongToTheSlotOfTheirIntentAndWarmUpGoesByTheEvent() {
    Sim sim = running(0.5, "taker.hedge_trigger=0.11").run(14_400);
    Map<String, Order> intents = new HashMap<>();
    for (Order order : sim.sink.orders) {
      assertThat(order.mid()).isPositive();
      if (order.state() == OrderState.INTENDED) {
        intents.put(order.clientOrderId(), order);
        boolean inTrial = order.eventTimeUs() >= FIRST_BORDER_US;
        if (order.hedgeLevel() == null || order.hedgeLevel() == 1) {
          assertThat(order.slot())
              .isEqualTo(inTrial ? SlotAssignment.slot(order.eventTimeUs(), 60_000) : null);
        }
      }
      Order intent = intents.get(order.clientOrderId());
      assertThat(order.arm()).isEqualTo(intent.arm());
      assertThat(order.slot()).isEqualTo(intent.slot());
      assertThat(order.mid()).isEqualTo(intent.mid());
      assertThat(order.warmup()).isEqualTo(intent.arm() == null ? null : warm(order.eventTimeUs()));
    }
    assertThat(sim.sink.orders.stream().filter(o -> o.purpose() == Purpose.HEDGE))
        .anyMatch(o -> o.arm() == Arm.B)
        .anyMatch(o -> o.arm() == Arm.A);
    for (Fill fill : sim.sink.fills) {
      Order intent = intents.get(fill.clientOrderId());
      assertThat(fill.arm()).isEqualTo(intent.arm());
      assertThat(fill.slot()).isEqualTo(intent.slot());
      assertThat(fill.warmup()).isEqualTo(intent.arm() == null ? null : warm(fill.eventTimeUs()));
    }
    assertThat(sim.sink.fills).anyMatch(f -> f.arm() == Arm.B).anyMatch(f -> f.warmup() != null);
  }

  @Test
  void everyQuoteGoesAtEveryBorderWhicheverArmFollows() {
    Sim sim = running(0.5).run(7_200);
    Map<String, Long> slots = new HashMap<>();
    TreeSet<Long> turns = new TreeSet<>();
    for (Order order : sim.sink.orders) {
      if (order.purpose() == Purpose.QUOTE && order.slot() != null) {
        slots.put(order.clientOrderId(), order.slot());
      }
      if (order.state() == OrderState.CANCEL_REQUESTED && "new slot".equals(order.reason())) {
        assertThat(order.eventTimeUs() % MINUTE_US).as("at the border").isLessThan(SECOND_US / 5);
        turns.add(order.eventTimeUs() / MINUTE_US);
      }
      Long slot = slots.get(order.clientOrderId());
      if (slot != null) {
        long endUs = SlotAssignment.startUs(slot + 1, 60_000);
        assertThat(order.eventTimeUs()).as("ended soon after").isLessThan(endUs + SECOND_US);
      }
    }
    assertThat(turns).hasSizeGreaterThan(110);
  }

  @Test
  void armsOfOneMarketQuoteDifferentPrices() {
    Sim sim = running(0.5, "flags.inventory_skew=false").run(7_200);
    assertThat(distance(sim, Arm.B)).isBetween(7.5, 8.5);
    assertThat(distance(sim, Arm.A)).isLessThan(5.0);
    Sim all = running(1.0, "flags.inventory_skew=false").run(3_600);
    assertThat(all.sink.ticks).noneMatch(t -> t.arm() == Arm.A);
    assertThat(distance(all, Arm.B)).isBetween(7.5, 8.5);
    assertThat(effective(all).flags()).containsEntry("adaptive_spread", true);
  }

  @Test
  void stageIsAcknowledgedWithTheBorderFromWhichItCountsAndToldByHealth() {
    Sim sim = running(0.1).run(600);
    Ack ack = effective(sim);
    assertThat(ack.rollout()).isEqualTo(RolloutState.running("wide", 0.1));
    assertThat(ack.rolloutFromUs()).isEqualTo(FIRST_BORDER_US);
    assertThat(ack.reason()).isNull();
    assertThat(sim.acks.get(0).status()).isEqualTo(AckStatus.RECEIVED);
    assertThat(sim.acks.get(0).rollout()).isEqualTo(ack.rollout());
    assertThat(sim.sink.healths).filteredOn(h -> h.trial() == null).hasSize(6);
    assertThat(sim.sink.healths.get(6).trial().stage()).isEqualTo("10");
    assertThat(sim.sink.healths.get(6).trial().sinceUs()).isEqualTo(FIRST_BORDER_US);
  }

  @Test
  void rollbackTakesTheQuotesOfBOffAtOnceAndIsEffectiveWhenTheyAreGone() {
    Sim sim = running(1.0).run(620);
    while (sim.venue.openOrders().size() < 2) {
      sim.run(1);
    }
    sim.acks.clear();
    int before = sim.sink.orders.size();
    final long atUs = sim.nowUs();
    sim.order(Mode.RUN, RolloutState.rolledBack("wide")).run(600);
    assertThat(sim.sink.orders.subList(before, before + 2))
        .allMatch(o -> o.state() == OrderState.CANCEL_REQUESTED && o.arm() == Arm.B)
        .allMatch(o -> o.eventTimeUs() - atUs < SECOND_US / 2);
    Ack effective = effective(sim);
    assertThat(effective.eventTimeUs()).isBetween(atUs + 1, atUs + SECOND_US);
    assertThat(effective.rollout()).isEqualTo(RolloutState.rolledBack("wide"));
    assertThat(effective.rolloutFromUs()).isBetween(atUs, atUs + SECOND_US / 2);
    Map<String, OrderState> states = new HashMap<>();
    for (Order order : sim.sink.orders) {
      if (order.arm() == Arm.B && order.eventTimeUs() <= effective.eventTimeUs()) {
        states.put(order.clientOrderId(), order.state());
      }
      if (order.arm() == Arm.B) {
        assertThat(order.eventTimeUs()).isLessThanOrEqualTo(effective.eventTimeUs());
      }
    }
    assertThat(states.values()).allMatch(OrderState::terminal);
    long endUs = (atUs / MINUTE_US + 1) * MINUTE_US;
    for (Tick tick : sim.sink.ticks) {
      if (tick.eventTimeUs() > atUs + SECOND_US) {
        boolean cut = tick.eventTimeUs() < endUs;
        assertThat(tick.arm()).isEqualTo(cut ? Arm.A : null);
        assertThat(tick.warmup()).isEqualTo(cut ? true : null);
      }
    }
    assertThat(sim.sink.healths.get(sim.sink.healths.size() - 1).trial().stage())
        .isEqualTo("rolled-back");
    assertThat(sim.sink.fills).anyMatch(f -> f.arm() == null && f.eventTimeUs() > endUs);
  }

  @Test
  void trialThatIsNotConfiguredLeavesEverythingAsItIsAndSaysSo() {
    Sim sim = new Sim().run(10);
    sim.order(Mode.REDUCE_ONLY, RolloutState.running("wide", 0.5)).run(600);
    assertThat(sim.engine.mode()).isEqualTo(Mode.REDUCE_ONLY);
    assertThat(effective(sim).reason()).isEqualTo("trial wide is not configured");
    assertThat(effective(sim).rollout()).isEqualTo(RolloutState.NONE);
    assertThat(sim.sink.ticks).allMatch(t -> t.arm() == null && t.warmup() == null);
    assertThat(sim.sink.healths).allMatch(h -> h.trial() == null);
  }

  @Test
  void sameInputGivesTheSameEventsHoweverOftenTheRunPauses() {
    Sim whole = running(0.5).run(3_600);
    Sim again = running(0.5).run(3_600);
    Sim pieces = running(0.5);
    for (int i = 0; i < 1_200; i++) {
      pieces.run(3);
    }
    assertThat(bytes(again)).isEqualTo(bytes(whole));
    assertThat(bytes(pieces)).isEqualTo(bytes(whole));
    assertThat(again.engine.stateHash()).isEqualTo(whole.engine.stateHash());
    assertThat(pieces.engine.stateHash()).isEqualTo(whole.engine.stateHash());
    assertThat(running(0.1).run(3_600).engine.stateHash()).isNotEqualTo(whole.engine.stateHash());
  }

  private static Ack effective(Sim sim) {
    return sim.acks.stream()
        .filter(ack -> ack.status() == AckStatus.EFFECTIVE)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static Boolean warm(long timeUs) {
    return timeUs % MINUTE_US < 10 * SECOND_US ? Boolean.TRUE : null;
  }

  /** Mean distance of an arm's fresh quotes from the mid, bps. */
  private static double distance(Sim sim, Arm arm) {
    return sim.sink.orders.stream()
        .filter(o -> o.state() == OrderState.INTENDED && o.price() != null && o.arm() == arm)
        .mapToDouble(o -> Math.abs(o.price().doubleValue() / o.mid() - 1) * 1e4)
        .average()
        .orElseThrow();
  }

  private static List<String> bytes(Sim sim) {
    return sim.sink.all.stream()
        .map(event -> new String(Json.write(event), StandardCharsets.UTF_8))
        .toList();
  }
}
