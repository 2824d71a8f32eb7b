// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.FaultKind.Layer;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Position;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each book fault against the healthy run of the same seed: from 10 to 13 minutes. */
class BookFaultsTest {
  private static final int RUN_S = 1_200;
  private static final long FROM_US = Sim.START_US + 600_000_000L;
  private static final long TO_US = Sim.START_US + 780_000_000L;
  private static Sim healthy;

  @BeforeAll
  static void playTheHealthyRun() {
    healthy = new Sim().run(RUN_S);
  }

  @Test
  void nothingButTheStreamsIsSpoiledAndTheyHaveNoGap() {
    Set<FaultKind> kinds = EnumSet.copyOf(FaultKind.of(Layer.BOOK));
    kinds.remove(FaultKind.ORDER_MISSING); // an order rests at the venue in earnest
    for (FaultKind kind : kinds) {
      Sim sim = run(kind);
      assertThat(sim.dropCopies).as(kind.name()).isEqualTo(healthy.dropCopies);
      assertThat(sim.venueLedgers).isEqualTo(healthy.venueLedgers);
      assertThat(sim.sink.ticks).isEqualTo(healthy.sink.ticks);
      assertThat(sim.engine.positions()).isEqualTo(healthy.engine.positions());
      numbered(sim.sink.orders.stream().map(Order::seq).toList());
      numbered(sim.sink.fills.stream().map(Fill::seq).toList());
      numbered(sim.sink.ledgers.stream().map(Ledger::seq).toList());
      Health last = sim.sink.healths.get(sim.sink.healths.size() - 1);
      assertThat(last.sent().orders()).isEqualTo(before(sim.sink.orders, last));
      assertThat(outside(sim.sink.all)).as(kind.name()).isEqualTo(outside(healthy.sink.all));
    }
  }

  @Test
  void aLostFillComesBackAfterTheFaultsEnd() {
    Sim sim = run(FaultKind.FILL_LOST);
    Fill lost = firstFill();
    assertThat(sim.sink.fills).hasSameSizeAs(healthy.sink.fills);
    Fill found =
        sim.sink.fills.stream().filter(f -> f.fillId().equals(lost.fillId())).findFirst().get();
    assertThat(found.eventTimeUs()).isBetween(TO_US, TO_US + 1_000_000);
    assertThat(found.venueTimeUs()).isEqualTo(lost.venueTimeUs());
    assertThat(found.qty()).isEqualTo(lost.qty());
  }

  @Test
  void aPhantomFillIsOneMoreOfAnUnknownId() {
    List<Fill> extra = extraFills(FaultKind.FILL_PHANTOM);
    assertThat(extra).extracting(Fill::fillId).containsExactly("fault-f");
  }

  @Test
  void aFillThatIsPublishedTwiceKeepsItsId() {
    assertThat(extraFills(FaultKind.FILL_TWICE))
        .singleElement()
        .satisfies(fill -> assertThat(fill.fillId()).isEqualTo(firstFill().fillId()));
  }

  @Test
  void oneFillHasAWrongQuantityPriceOrFee() {
    Fill right = firstFill();
    Fill qty = onlyChanged(FaultKind.FILL_QTY_WRONG);
    assertThat(qty.qty()).isEqualByComparingTo(right.qty().multiply(new BigDecimal("0.5")));
    assertThat(qty.price()).isEqualTo(right.price());
    Fill price = onlyChanged(FaultKind.FILL_PRICE_WRONG);
    assertThat(price.price().doubleValue() / right.price().doubleValue())
        .isBetween(1.00199, 1.00201);
    Fill fee = onlyChanged(FaultKind.FILL_FEE_WRONG);
    assertThat(fee.fee()).isEqualByComparingTo(right.fee().add(BigDecimal.ONE));
    assertThat(fee.fillId()).isEqualTo(right.fillId());
  }

  @Test
  void aReusedIdBelongsToAnotherIntentThatIsSentAndRejected() {
    List<Order> extra = extraOrders(FaultKind.ORDER_ID_REUSED);
    assertThat(extra)
        .extracting(Order::state)
        .containsExactly(OrderState.INTENDED, OrderState.SUBMITTED, OrderState.REJECTED);
    assertThat(extra).extracting(Order::intentId).containsOnly("fault-f-intent");
    Order first =
        healthy.sink.orders.stream()
            .filter(o -> o.eventTimeUs() >= FROM_US && o.state().terminal())
            .findFirst()
            .get();
    assertThat(extra).extracting(Order::clientOrderId).containsOnly(first.clientOrderId());
  }

  @Test
  void anOrderThatIsSentTwiceIsTheSameTwice() {
    assertThat(extraOrders(FaultKind.ORDER_TWICE))
        .singleElement()
        .satisfies(order -> assertThat(order.state()).isEqualTo(OrderState.SUBMITTED));
  }

  @Test
  void anIllegalMoveLeadsOutOfATerminalState() {
    Sim sim = run(FaultKind.ORDER_MOVE_ILLEGAL);
    Order illegal = extraOrders(FaultKind.ORDER_MOVE_ILLEGAL).get(0);
    assertThat(illegal.state()).isEqualTo(OrderState.ACKED);
    assertThat(
            sim.sink.orders.stream()
                .filter(o -> o.clientOrderId().equals(illegal.clientOrderId()))
                .map(Order::state)
                .toList())
        .satisfies(
            states -> {
              OrderState before = states.get(states.size() - 2);
              assertThat(before.terminal()).isTrue();
              assertThat(before.mayBecome(OrderState.ACKED)).isFalse();
            });
  }

  @Test
  void aCumulativeQuantityFallsOnceByALegalMove() {
    Sim sim = run(FaultKind.ORDER_CUM_FELL);
    Order fallen = extraOrders(FaultKind.ORDER_CUM_FELL).get(0);
    List<BigDecimal> totals =
        sim.sink.orders.stream()
            .filter(o -> o.clientOrderId().equals(fallen.clientOrderId()))
            .map(Order::cumQty)
            .toList();
    int falls = 0;
    for (int i = 1; i < totals.size(); i++) {
      falls += totals.get(i).compareTo(totals.get(i - 1)) < 0 ? 1 : 0;
    }
    assertThat(falls).isEqualTo(1);
    assertThat(fallen.state()).isEqualTo(OrderState.PARTIALLY_FILLED);
  }

  @Test
  void anUnfinishedIntentIsNeverHeardOfAgain() {
    assertThat(extraOrders(FaultKind.INTENT_UNFINISHED))
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.state()).isEqualTo(OrderState.INTENDED);
              assertThat(order.clientOrderId()).isEqualTo("fault-f");
            });
  }

  @Test
  void anEarlyTimeOutGivesTheOrderUpAtTheMomentOfItsSubmission() {
    assertThat(extraOrders(FaultKind.TIMEOUT_EARLY))
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.state()).isEqualTo(OrderState.UNKNOWN);
              assertThat(order.submittedAtUs()).isEqualTo(order.eventTimeUs());
            });
  }

  @Test
  void aWrongLedgerIsWrongInEverySnapshotOfItsTime() {
    List<Ledger> balance = changedLedgers(FaultKind.BALANCE_WRONG);
    assertThat(balance).hasSize(18);
    assertThat(balance)
        .allSatisfy(
            ledger -> {
              assertThat(ledger.balances().get(1).total().doubleValue()).isBetween(1.29e7, 1.31e7);
              assertThat(ledger.balances().get(0)).isEqualTo(twin(ledger).balances().get(0));
            });
    List<Ledger> position = changedLedgers(FaultKind.POSITION_WRONG);
    assertThat(position).hasSize(18);
    assertThat(position)
        .allSatisfy(
            ledger ->
                assertThat(qty(ledger).subtract(qty(twin(ledger)))).isEqualByComparingTo("20"));
    List<Ledger> phantom = changedLedgers(FaultKind.ORDER_PHANTOM);
    assertThat(phantom).hasSize(18);
    assertThat(phantom)
        .allSatisfy(
            ledger ->
                assertThat(ledger.openOrders())
                    .extracting(OpenOrder::clientOrderId)
                    .contains("fault-f")
                    .hasSize(twin(ledger).openOrders().size() + 1));
  }

  @Test
  void aMissingOrderIsPublishedRestsAtTheVenueAndIsNotInTheLedger() {
    Sim sim = run(FaultKind.ORDER_MISSING);
    assertThat(
            sim.sink.orders.stream()
                .filter(o -> o.clientOrderId().equals("fault-f"))
                .map(o -> o.intentId() + o.side() + o.price() + o.qty())
                .distinct())
        .hasSize(1);
    assertThat(sim.sink.orders.stream().filter(o -> o.clientOrderId().equals("fault-f")).toList())
        .extracting(Order::state)
        .containsExactly(
            OrderState.INTENDED,
            OrderState.SUBMITTED,
            OrderState.ACKED,
            OrderState.CANCEL_REQUESTED,
            OrderState.CANCELLED);
    assertThat(sim.venueLedgers.stream().filter(l -> holds(l, "fault-f")).map(Ledger::asOfUs))
        .hasSize(18)
        .allMatch(asOfUs -> asOfUs >= FROM_US && asOfUs <= TO_US);
    assertThat(sim.sink.ledgers).noneMatch(ledger -> holds(ledger, "fault-f"));
    numbered(sim.sink.orders.stream().map(Order::seq).toList());
  }

  private static boolean holds(Ledger ledger, String id) {
    return ledger.openOrders().stream().anyMatch(o -> o.clientOrderId().equals(id));
  }

  private static Sim run(FaultKind kind) {
    return new Sim(Faults.of(kind, 600_000, 180_000, Map.of())).run(RUN_S);
  }

  private static Fill firstFill() {
    return healthy.sink.fills.stream().filter(f -> f.eventTimeUs() >= FROM_US).findFirst().get();
  }

  /** What the faulty run has beyond the healthy one, sequence numbers aside. */
  private static List<Fill> extraFills(FaultKind kind) {
    List<String> right = new ArrayList<>();
    healthy.sink.fills.forEach(fill -> right.add(bare(fill)));
    List<Fill> extra = new ArrayList<>(run(kind).sink.fills);
    extra.removeIf(fill -> right.remove(bare(fill)));
    assertThat(right).isEmpty();
    return extra;
  }

  private static List<Order> extraOrders(FaultKind kind) {
    List<String> right = new ArrayList<>();
    healthy.sink.orders.forEach(order -> right.add(bare(order)));
    List<Order> extra = new ArrayList<>(run(kind).sink.orders);
    extra.removeIf(order -> right.remove(bare(order)));
    assertThat(right).isEmpty();
    return extra;
  }

  private static Fill onlyChanged(FaultKind kind) {
    List<Fill> changed = new ArrayList<>(run(kind).sink.fills);
    assertThat(changed).hasSameSizeAs(healthy.sink.fills);
    changed.removeAll(healthy.sink.fills);
    assertThat(changed).hasSize(1);
    return changed.get(0);
  }

  private static List<Ledger> changedLedgers(FaultKind kind) {
    List<Ledger> changed = new ArrayList<>(run(kind).sink.ledgers);
    changed.removeAll(healthy.sink.ledgers);
    assertThat(changed).allMatch(l -> l.asOfUs() >= FROM_US && l.asOfUs() < TO_US);
    return changed;
  }

  private static Ledger twin(Ledger ledger) {
    return healthy.sink.ledgers.get((int) ledger.seq() - 1);
  }

  private static BigDecimal qty(Ledger ledger) {
    return ledger.positions().stream().map(Position::qty).findFirst().orElse(BigDecimal.ZERO);
  }

  /** Before the fault and, after it, what does not carry a number that the fault has moved. */
  private static List<String> outside(List<Record> events) {
    List<String> lines = new ArrayList<>();
    for (Record event : events) {
      long timeUs =
          event instanceof Order order
              ? order.eventTimeUs()
              : event instanceof Fill fill
                  ? fill.eventTimeUs()
                  : event instanceof Ledger ledger ? ledger.eventTimeUs() : -1;
      boolean foundAgain = event instanceof Fill fill && fill.venueTimeUs() < TO_US;
      if (timeUs >= 0 && (timeUs < FROM_US || timeUs > TO_US + 1_000_000) && !foundAgain) {
        lines.add(bare(event));
      }
    }
    return lines;
  }

  private static String bare(Record event) {
    return event.toString().replaceFirst("seq=\\d+", "");
  }

  private static long before(List<Order> orders, Health health) {
    return orders.stream().filter(o -> o.eventTimeUs() < health.eventTimeUs()).count();
  }

  private static void numbered(List<Long> numbers) {
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo(i + 1L);
    }
  }
}
