// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import static dev.sluice.engine.sim.VenueHarness.START_US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.FaultKind.Layer;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.SnapshotStatus;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each fault of the venue's does what its name says, from 10 s to 40 s, and only then. */
class ScenarioVenueFaultsTest {
  private static final long SECOND_US = 1_000_000;
  private static final long BEFORE_US = START_US + 9_999_000;
  private static final long DURING_US = START_US + 10 * SECOND_US;
  private static final long AFTER_US = START_US + 41 * SECOND_US;

  @Test
  void aPlanWithoutVenueFaultsIsAHealthyVenue() {
    assertThat(ScenarioVenueFaults.of(FaultPlan.NONE, 1)).isSameAs(VenueFaults.NONE);
    assertThat(ScenarioVenueFaults.of(plan(FaultKind.FILL_LOST, Map.of()), 1))
        .isSameAs(VenueFaults.NONE);
  }

  @Test
  void duplicatedReportsComeTwiceAndAreBookedOnce() {
    VenueHarness h = harness(FaultKind.REPORT_DUPLICATED, Map.of("after_ms", "300"));
    at(h, DURING_US);
    assertThat(h.send("m", Side.BUY, OrderType.MARKET, null, "1")).hasSize(2);
    h.nowUs += 300_000;
    assertThat(h.states()).containsExactly(OrderState.ACKED, OrderState.FILLED);
    assertThat(h.dropCopies).hasSize(2);
    assertThat(position(h)).isEqualByComparingTo("1");
    onceOutside(h);
  }

  @Test
  void reorderedReportsOvertakeEachOtherAndAllArrive() {
    VenueHarness h = harness(FaultKind.REPORT_REORDERED, Map.of("within_ms", "900"));
    at(h, DURING_US);
    for (int i = 0; i < 20; i++) {
      h.send("o" + i, Side.BUY, OrderType.POST_ONLY, "99.00", "1");
    }
    h.nowUs += 1_000_000;
    List<String> late = h.reports().stream().map(ExecutionReport::clientOrderId).toList();
    assertThat(late).isNotEmpty().isNotEqualTo(late.stream().sorted().toList());
    assertThat(h.dropCopies).hasSize(20);
    onceOutside(h);
  }

  @Test
  void aDelayedAcknowledgementIsOvertakenByItsFill() {
    VenueHarness h = harness(FaultKind.ACK_DELAYED, Map.of("delay_ms", "2000"));
    at(h, DURING_US);
    assertThat(h.send("m", Side.BUY, OrderType.MARKET, null, "1"))
        .extracting(ExecutionReport::state)
        .containsExactly(OrderState.FILLED);
    h.nowUs += 2_000_000;
    assertThat(h.states()).containsExactly(OrderState.ACKED);
    onceOutside(h);
  }

  @Test
  void aLostAcknowledgementNeverComesAndTheOrderRestsAllTheSame() {
    VenueHarness h = harness(FaultKind.ACK_LOST, Map.of("most", "1"));
    at(h, DURING_US);
    assertThat(h.send("a", Side.BUY, OrderType.POST_ONLY, "99.00", "1")).isEmpty();
    assertThat(h.send("b", Side.BUY, OrderType.POST_ONLY, "99.00", "1")).hasSize(1);
    assertThat(h.venue.openOrders()).hasSize(2);
    assertThat(h.venue.lostReports()).isEqualTo(1);
    assertThat(h.dropCopies).hasSize(2);
    onceOutside(h);
  }

  @Test
  void droppedReportsAreThoseOfCancelsOrOfFills() {
    VenueHarness cancels = harness(FaultKind.REPORT_DROPPED, Map.of());
    at(cancels, DURING_US);
    cancels.send("a", Side.BUY, OrderType.POST_ONLY, "99.00", "1");
    cancels.venue.cancel("a", cancels.nowUs);
    assertThat(cancels.states()).isEmpty();
    assertThat(cancels.venue.openOrders()).isEmpty();
    assertThat(cancels.send("m", Side.BUY, OrderType.MARKET, null, "1")).hasSize(2);
    onceOutside(cancels);

    VenueHarness fills = harness(FaultKind.REPORT_DROPPED, Map.of("fills", "1"));
    at(fills, DURING_US);
    assertThat(fills.send("m", Side.BUY, OrderType.MARKET, null, "1"))
        .extracting(ExecutionReport::state)
        .containsExactly(OrderState.ACKED);
    assertThat(position(fills)).isEqualByComparingTo("1");
    onceOutside(fills);
  }

  @Test
  void aPartialHedgeLeavesARestThatExpires() {
    VenueHarness h = harness(FaultKind.HEDGE_PARTIAL, Map.of("part", "0.4", "most", "1"));
    at(h, DURING_US);
    List<ExecutionReport> reports = h.send("m", Side.BUY, OrderType.MARKET, null, "2");
    assertThat(reports)
        .extracting(ExecutionReport::state)
        .containsExactly(OrderState.ACKED, OrderState.PARTIALLY_FILLED, OrderState.EXPIRED);
    assertThat(reports.get(2).cumQty()).isEqualByComparingTo("0.8");
    assertThat(h.send("n", Side.SELL, OrderType.MARKET, null, "2")).hasSize(2);
    onceOutside(h);
  }

  @Test
  void aPartialHedgeMayRestUntilItIsCancelled() {
    VenueHarness h = harness(FaultKind.HEDGE_PARTIAL, Map.of("part", "0.5", "rests", "1"));
    at(h, DURING_US);
    assertThat(h.send("m", Side.SELL, OrderType.MARKET, null, "2")).hasSize(2);
    assertThat(h.venue.openOrders()).extracting(OpenOrder::clientOrderId).containsExactly("m");
    h.trade(99.00, 50, true);
    assertThat(h.states()).isEmpty();
    h.venue.cancel("m", h.nowUs);
    assertThat(h.states()).containsExactly(OrderState.CANCELLED);
    onceOutside(h);
  }

  @Test
  void inARaceTheFillIsFasterThanTheCancel() {
    VenueHarness h = harness(FaultKind.CANCEL_RACE, Map.of("most", "1"));
    at(h, DURING_US);
    h.send("a", Side.BUY, OrderType.POST_ONLY, "99.00", "2");
    h.venue.cancel("a", h.nowUs);
    assertThat(h.reports())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.state()).isEqualTo(OrderState.FILLED);
              assertThat(report.lastPrice()).isEqualByComparingTo("99");
            });
    assertThat(position(h)).isEqualByComparingTo("2");
    assertThat(h.venue.openOrders()).isEmpty();
    onceOutside(h);
  }

  @Test
  void aSkewedClockIsAheadAndGoesSlowlyBackToTheRightTime() {
    VenueHarness h = harness(FaultKind.CLOCK_SKEWED, Map.of("skew_ms", "2000"));
    at(h, BEFORE_US);
    assertThat(h.venue.venueTimeUs()).isEqualTo(BEFORE_US);
    at(h, DURING_US);
    assertThat(h.venue.venueTimeUs()).isEqualTo(DURING_US + 2 * SECOND_US);
    at(h, START_US + 42 * SECOND_US);
    assertThat(h.venue.venueTimeUs()).isEqualTo(START_US + 43 * SECOND_US);
    at(h, START_US + 44 * SECOND_US);
    assertThat(h.venue.venueTimeUs()).isEqualTo(h.nowUs);
    assertThat(h.ledgers).extracting(Ledger::asOfUs).isSorted();
  }

  @Test
  void aStalledClockStandsStillAndThenIsRight() {
    VenueHarness h = harness(FaultKind.CLOCK_STALLED, Map.of());
    at(h, START_US + 25 * SECOND_US);
    h.send("a", Side.BUY, OrderType.POST_ONLY, "99.00", "1");
    at(h, AFTER_US);
    h.send("b", Side.BUY, OrderType.POST_ONLY, "99.00", "1");
    assertThat(h.dropCopies).extracting(DropCopy::venueTimeUs).containsExactly(DURING_US, AFTER_US);
    assertThat(h.ledgers)
        .extracting(ledger -> (ledger.asOfUs() - START_US) / SECOND_US)
        .containsExactly(0L, 10L, 10L, 10L, 40L);
  }

  @Test
  void aBackwardClockFallsAndThenIsRight() {
    VenueHarness h = harness(FaultKind.CLOCK_BACKWARD, Map.of("back_ms", "3000"));
    at(h, BEFORE_US);
    assertThat(h.venue.venueTimeUs()).isEqualTo(BEFORE_US);
    at(h, DURING_US);
    assertThat(h.venue.venueTimeUs()).isEqualTo(DURING_US - 3 * SECOND_US);
    at(h, AFTER_US);
    assertThat(h.venue.venueTimeUs()).isEqualTo(AFTER_US);
  }

  @Test
  void failedAndPartialSnapshotsSaySoAndHoldNothingToBelieve() {
    VenueHarness failed = harness(FaultKind.SNAPSHOT_FAILED, Map.of());
    failed.send("a", Side.BUY, OrderType.POST_ONLY, "99.00", "1");
    at(failed, AFTER_US);
    assertThat(failed.ledgers)
        .extracting(Ledger::status)
        .containsExactly(
            SnapshotStatus.OK,
            SnapshotStatus.FAILED,
            SnapshotStatus.FAILED,
            SnapshotStatus.FAILED,
            SnapshotStatus.OK);
    assertThat(failed.ledgers.get(1).balances()).isEmpty();
    assertThat(failed.ledgers.get(1).openOrders()).isEmpty();
    assertThat(failed.ledgers.get(1).cumFees()).isNull();
    assertThat(failed.ledgers.get(1).sentDropCopies()).isEqualTo(1);
    assertThat(failed.ledgers.get(4).openOrders()).hasSize(1);

    VenueHarness partial = harness(FaultKind.SNAPSHOT_PARTIAL, Map.of());
    partial.send("a", Side.BUY, OrderType.POST_ONLY, "99.00", "1");
    at(partial, AFTER_US);
    assertThat(partial.ledgers.get(1).status()).isEqualTo(SnapshotStatus.PARTIAL);
    assertThat(partial.ledgers.get(1).balances()).isNotEmpty();
    assertThat(partial.ledgers.get(1).openOrders()).isEmpty();
    assertThat(partial.ledgers.get(4).status()).isEqualTo(SnapshotStatus.OK);
  }

  @Test
  void feesFallInTheSnapshotsOrStandStillWhileTurnoverGoesOn() {
    VenueHarness fell = harness(FaultKind.FEES_FELL, Map.of());
    fell.send("m", Side.BUY, OrderType.MARKET, null, "2");
    at(fell, AFTER_US);
    assertThat(fell.ledgers.get(2).cumFees()).isEqualByComparingTo("0.05000500");
    assertThat(fell.ledgers.get(4).cumFees()).isEqualByComparingTo("0.10001");
    assertThat(fell.ledgers.get(2).cumTurnover()).isEqualByComparingTo("200.02");

    VenueHarness stuck = harness(FaultKind.FEES_STUCK, Map.of());
    at(stuck, DURING_US + SECOND_US);
    stuck.send("m", Side.BUY, OrderType.MARKET, null, "2");
    at(stuck, AFTER_US);
    assertThat(stuck.ledgers.get(3).cumFees()).isZero();
    assertThat(stuck.ledgers.get(3).cumTurnover()).isEqualByComparingTo("200.02");
    assertThat(stuck.ledgers.get(4).cumFees()).isEqualByComparingTo("0.10001");
  }

  @Test
  void aForeignOrderRestsWhileTheFaultLastsAndTheEngineHearsNothingOfIt() {
    for (FaultKind kind : List.of(FaultKind.ORDER_FOREIGN, FaultKind.ORDER_MISSING)) {
      VenueHarness h = harness(kind, Map.of("qty", "3"));
      at(h, BEFORE_US);
      assertThat(h.venue.openOrders()).isEmpty();
      at(h, DURING_US);
      assertThat(h.venue.openOrders())
          .singleElement()
          .satisfies(
              order -> {
                assertThat(order.clientOrderId()).isEqualTo("fault-f");
                assertThat(order.qty()).isEqualByComparingTo("3");
              });
      at(h, AFTER_US);
      assertThat(h.venue.openOrders()).isEmpty();
      assertThat(h.reports()).isEmpty();
      assertThat(h.dropCopies)
          .extracting(DropCopy::state)
          .containsExactly(OrderState.ACKED, OrderState.CANCELLED);
      assertThat(h.dropCopies.get(0).price()).isLessThan(new BigDecimal("91"));
    }
  }

  @Test
  void aShareOfTheReportsIsTheSameForTheSameSeedWhateverWasAskedBefore() {
    FaultPlan plan = plan(FaultKind.ACK_LOST, Map.of("share", "0.5"));
    List<Boolean> first = lost(ScenarioVenueFaults.of(plan, 7), 0);
    assertThat(lost(ScenarioVenueFaults.of(plan, 7), 0)).isEqualTo(first);
    assertThat(lost(ScenarioVenueFaults.of(plan, 7), 100))
        .isEqualTo(first.subList(100, first.size()));
    assertThat(lost(ScenarioVenueFaults.of(plan, 8), 0)).isNotEqualTo(first);
    assertThat(first.stream().filter(lost -> lost).count()).isBetween(60L, 140L);
  }

  @Test
  void everyVenueFaultIsOffOutsideItsWindow() {
    NewOrder order = VenueHarness.order("a", Side.BUY, OrderType.MARKET, null, "1");
    for (FaultKind kind : FaultKind.of(Layer.VENUE)) {
      VenueFaults faults = ScenarioVenueFaults.of(plan(kind, Map.of("qty", "1")), 1);
      for (long nowUs : new long[] {BEFORE_US, START_US + 60 * SECOND_US}) {
        assertThat(faults.delivery(ack("a"), nowUs)).isEqualTo(VenueFaults.Delivery.PROMPT);
        assertThat(faults.fillable(order, nowUs)).isEqualTo(VenueFaults.Fillable.ALL);
        assertThat(faults.fillsBeforeCancel(order, nowUs)).isFalse();
        assertThat(faults.clockUs(nowUs)).isEqualTo(nowUs);
        assertThat(faults.snapshotStatus(nowUs)).isEqualTo(SnapshotStatus.OK);
        assertThat(faults.fees(BigDecimal.TEN, nowUs)).isEqualTo(BigDecimal.TEN);
        assertThat(faults.foreignOrders(nowUs)).isEmpty();
      }
    }
  }

  private static List<Boolean> lost(VenueFaults faults, int from) {
    return IntStream.range(from, 200)
        .mapToObj(i -> faults.delivery(ack("o" + i), DURING_US).lost())
        .toList();
  }

  private static ExecutionReport ack(String id) {
    return new ExecutionReport(
        id,
        "v1",
        VenueHarness.SYMBOL,
        Side.BUY,
        OrderState.ACKED,
        BigDecimal.ONE,
        BigDecimal.ONE,
        BigDecimal.ZERO,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        DURING_US,
        null);
  }

  /** After the fault's end everything comes once and at once. */
  private static void onceOutside(VenueHarness h) {
    at(h, AFTER_US);
    h.reports();
    assertThat(h.send("z", Side.SELL, OrderType.MARKET, null, "0.5"))
        .extracting(ExecutionReport::state)
        .containsExactly(OrderState.ACKED, OrderState.FILLED);
    h.send("y", Side.BUY, OrderType.POST_ONLY, "99.00", "1");
    h.venue.cancel("y", h.nowUs);
    assertThat(h.states()).containsExactly(OrderState.CANCELLED);
    h.nowUs += 10 * SECOND_US;
    assertThat(h.reports()).isEmpty();
  }

  private static void at(VenueHarness h, long timeUs) {
    h.nowUs = timeUs;
    h.venue.doWork(timeUs);
  }

  private static BigDecimal position(VenueHarness h) {
    return h.venue.ledger().position(VenueHarness.SYMBOL);
  }

  private static VenueHarness harness(FaultKind kind, Map<String, String> params) {
    return new VenueHarness(VenueHarness.settings(), ScenarioVenueFaults.of(plan(kind, params), 1));
  }

  private static FaultPlan plan(FaultKind kind, Map<String, String> params) {
    Map<String, String> known = new HashMap<>(params);
    known.keySet().retainAll(kind.parameters());
    return new FaultPlan(
        START_US, List.of(new Scenario.Fault("f", kind, 10_000, 30_000, known, List.of())));
  }
}
