// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.gate.AppliedControl;
import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hedge of three units that fills in part, late, or not at all. */
class HedgeControlTest {
  private static final BigDecimal THREE = new BigDecimal("3");

  private final Desk desk = new Desk();
  private final OrderBook book = desk.sim.markets.of(desk.symbol).book();
  private final HedgeControl hedges =
      new HedgeControl(Instrument.of(desk.symbol), desk.orders, desk.account, book.mid());

  @BeforeEach
  void holdThreeAndHedgeThem() {
    for (int i = 1; i <= 3; i++) {
      desk.report(desk.fill(desk.resting("q" + i), "q" + i, "1", "1"));
    }
    desk.venue.submits.clear();
    desk.sink.orders.clear();
    assertThat(hedges.begin(Side.SELL, THREE, book, desk.nowUs)).isEqualTo(1);
  }

  @Test
  void aPartialHedgeIsCancelledMeasuredAndOnlyItsResidualGoesOut() {
    desk.report(desk.state(level(1), OrderState.ACKED, "0"));
    desk.report(desk.fill(level(1), "h1", "1.2", "1.2"));
    work(4.9);
    assertThat(desk.venue.cancels).isEmpty();
    work(0.2);
    assertThat(desk.venue.cancels).containsExactly(level(1).clientOrderId());
    assertThat(desk.venue.submits).hasSize(1);
    desk.report(desk.fill(level(1), "h2", "0.3", "1.5"));
    desk.report(desk.state(level(1), OrderState.CANCELLED, "1.5"));
    work(0.1);
    assertThat(desk.venue.submits).hasSize(2);
    NewOrder second = desk.venue.submits.get(1);
    assertThat(second.qty()).isEqualByComparingTo("1.5");
    assertThat(second.price()).isNull();
    assertThat(second.side()).isEqualTo(Side.SELL);
    List<Order> sent =
        desk.sink.orders.stream().filter(o -> o.state() == OrderState.SUBMITTED).toList();
    assertThat(sent).extracting(Order::hedgeLevel).containsExactly(1, 2);
    assertThat(sent).extracting(Order::hedgeOf).containsOnly(sent.get(0).intentId());
    assertThat(sent.get(1).intentId()).isNotEqualTo(sent.get(0).intentId());
    assertThat(sent.get(1).correlationId()).isEqualTo(sent.get(0).intentId());
  }

  @Test
  void afterThreeLevelsTheHedgeIsGivenUpOnceAndOnlyReducingQuotesFollow() {
    for (int level = 1; level <= 3; level++) {
      assertThat(desk.venue.submits).hasSize(level);
      endUnfilled(level);
      work(5);
    }
    assertThat(desk.venue.submits).as("at most three levels").hasSize(3);
    for (int i = 0; i < 100; i++) {
      work(1);
    }
    assertThat(desk.venue.submits).hasSize(3);
    assertThat(desk.counts().hedgeEscalations()).as("a single escalation").isEqualTo(1);
    assertThat(hedges.reducingOnly()).isTrue();
    assertThat(hedges.busy()).isTrue();
    sell("1.9");
    work(1);
    assertThat(hedges.reducingOnly()).as("1.1 units are above the target of 1").isTrue();
    sell("0.2");
    work(1);
    assertThat(hedges.reducingOnly()).isFalse();
    assertThat(hedges.busy()).isFalse();
    assertThat(desk.counts().hedgeEscalations()).isEqualTo(1);
  }

  @Test
  void levelsTakeFiveSecondsEachAlsoWhenTheVenueEndsThemAtOnce() {
    endUnfilled(1);
    work(4.9);
    assertThat(desk.venue.submits).hasSize(1);
    work(0.2);
    assertThat(desk.venue.submits).hasSize(2);
  }

  @Test
  void anUnconfirmedCancelNeverSendsAnotherMarketOrder() {
    desk.report(desk.state(level(1), OrderState.ACKED, "0"));
    desk.report(desk.fill(level(1), "h1", "1", "1"));
    for (int i = 0; i < 120; i++) {
      work(1);
      desk.poll();
    }
    assertThat(desk.venue.submits).hasSize(1);
    assertThat(desk.counts().hedgeEscalations()).isEqualTo(1);
    assertThat(desk.venue.queries).as("the venue is asked").isNotEmpty();
    desk.prove(
        desk.state(level(1), OrderState.CANCELLED, "1"), desk.fill(level(1), "h1", "1", "1"));
    work(10);
    assertThat(desk.venue.submits).as("and not after the escalation either").hasSize(1);
  }

  @Test
  void aHedgeThatFillsDuringItsCancelIsDone() {
    desk.report(desk.state(level(1), OrderState.ACKED, "0"));
    work(5);
    assertThat(level(1).state()).isEqualTo(OrderState.CANCEL_REQUESTED);
    desk.report(desk.fill(level(1), "h1", "3", "3"));
    work(0.1);
    assertThat(hedges.busy()).isFalse();
    work(60);
    assertThat(desk.venue.submits).hasSize(1);
    assertThat(desk.position()).isEqualByComparingTo("0");
    assertThat(desk.counts().hedgeEscalations()).isZero();
  }

  @Test
  void aResidualThatQuotesHaveWorkedOffIsNotHedged() {
    endUnfilled(1);
    sell("3");
    work(5);
    assertThat(desk.venue.submits).hasSize(1);
    assertThat(hedges.busy()).isFalse();
    assertThat(desk.counts().hedgeEscalations()).isZero();
  }

  @Test
  void aJudgeWhoHaltsTakesTheHedgeOver() {
    endUnfilled(1);
    desk.after(5);
    hedges.work(book, false, Mode.HALT, desk.nowUs);
    assertThat(hedges.busy()).isFalse();
    assertThat(desk.venue.submits).hasSize(1);
  }

  @Test
  void aStalledVenueClockHoldsALevelOnlyUpToTheCeiling() {
    desk.report(desk.state(level(1), OrderState.ACKED, "0"));
    long startUs = desk.nowUs;
    while (desk.venue.cancels.isEmpty() && desk.nowUs < startUs + 60_000_000L) {
      work(0.25);
      desk.offsetUs = startUs - desk.nowUs;
      desk.report(desk.state(level(1), OrderState.ACKED, "0"));
    }
    assertThat(desk.nowUs - startUs).isBetween(5_000_000L, 10_500_000L);
  }

  @Test
  void levelsAfterARollbackAreNoLongerOfArmB() {
    assertThat(armsOfLevels(false)).containsExactly(Arm.B, Arm.B, Arm.B);
    assertThat(armsOfLevels(true))
        .as("B, the rest of the slot that is cut, and outside a trial")
        .containsExactly(Arm.B, Arm.A, null);
  }

  /** Three unfilled levels, the third one after a border; rolled back while the first one rests. */
  private static List<Arm> armsOfLevels(boolean rolledBack) {
    TrialSlots slots = new TrialSlots(TrialSlotsTest.PLAN, Map.of());
    obey(slots, 1, RolloutState.running("t", 1.0), Sim.START_US);
    Desk desk = new Desk(new MemoryJournal(), new ScriptedVenue(), 0, slots);
    desk.orders.recover(desk.nowUs);
    desk.report(desk.fill(desk.resting("q1"), "q1", "1", "1"));
    OrderBook book = desk.sim.markets.of(desk.symbol).book();
    HedgeControl hedges =
        new HedgeControl(Instrument.of(desk.symbol), desk.orders, desk.account, 0);
    desk.nowUs = Sim.START_US + 52 * Sim.SECOND_US;
    desk.sink.orders.clear();
    hedges.begin(Side.SELL, Desk.QTY, book, desk.nowUs);
    if (rolledBack) {
      obey(slots, 2, RolloutState.rolledBack("t"), desk.nowUs + 1);
    }
    for (int next = 2; next <= 3; next++) {
      LiveOrder order = desk.orders.live(desk.symbol, Side.SELL, Purpose.HEDGE);
      desk.report(desk.state(order, OrderState.ACKED, "0"));
      desk.report(desk.state(order, OrderState.EXPIRED, "0"));
      desk.after(5);
      assertThat(hedges.work(book, true, Mode.RUN, desk.nowUs)).isEqualTo(1);
    }
    return desk.sink.orders.stream()
        .filter(order -> order.state() == OrderState.SUBMITTED)
        .map(Order::arm)
        .toList();
  }

  private static void obey(TrialSlots slots, long epoch, RolloutState rollout, long timeUs) {
    slots.obey(new AppliedControl(epoch, "d" + epoch, Mode.RUN, rollout, timeUs), timeUs);
  }

  private LiveOrder level(int number) {
    String id = desk.venue.submits.get(number - 1).clientOrderId();
    LiveOrder order = desk.orders.live(desk.symbol, Side.SELL, Purpose.HEDGE);
    assertThat(order).isNotNull();
    assertThat(order.clientOrderId()).isEqualTo(id);
    return order;
  }

  private void endUnfilled(int number) {
    LiveOrder order = level(number);
    desk.report(desk.state(order, OrderState.ACKED, "0"));
    desk.report(desk.state(order, OrderState.EXPIRED, "0"));
  }

  private void sell(String qty) {
    desk.account.fill(desk.symbol, Side.SELL, Desk.PRICE, new BigDecimal(qty), BigDecimal.ZERO);
  }

  private void work(double seconds) {
    desk.after(seconds);
    hedges.work(book, true, Mode.RUN, desk.nowUs);
  }
}
