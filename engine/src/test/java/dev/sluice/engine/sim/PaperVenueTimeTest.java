// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import static dev.sluice.engine.sim.VenueHarness.START_US;
import static dev.sluice.engine.sim.VenueHarness.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.SnapshotStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Latency, races, the venue's clock and its ledger snapshots. */
class PaperVenueTimeTest {
  private static final long SECOND_US = 1_000_000;

  private final VenueHarness h =
      new VenueHarness(
          VenueHarness.settings()
              .withBehaviour(VenueLatency.fixed(3_000), VenueLatency.fixed(2_000), 500_000, 0),
          VenueFaults.NONE);

  @Test
  void requestsAndReportsTakeTheirTime() {
    h.venue.submit(order("a", Side.BUY, OrderType.POST_ONLY, "99.99", "1"), START_US);
    h.venue.doWork(START_US + 2_999);
    assertThat(h.venue.openOrders()).isEmpty();
    assertThat(h.venue.nextDueUs()).isEqualTo(START_US + 3_000);
    h.venue.doWork(START_US + 3_000);
    assertThat(h.venue.openOrders()).hasSize(1);
    assertThat(poll(START_US + 4_999)).isEmpty();
    assertThat(poll(START_US + 5_000))
        .singleElement()
        .satisfies(r -> assertThat(r.venueTimeUs()).isEqualTo(START_US + 503_000));
  }

  @Test
  void aFillMayOvertakeACancel() {
    h.venue.submit(order("a", Side.BUY, OrderType.POST_ONLY, "99.99", "1"), START_US);
    h.nowUs = START_US + 9_000;
    h.venue.cancel("a", h.nowUs);
    h.trade(99.98, 1, true);
    assertThat(poll(START_US + SECOND_US))
        .extracting(ExecutionReport::state)
        .containsExactly(OrderState.ACKED, OrderState.FILLED);
    assertThat(h.venue.cancelsWithoutOrder()).isEqualTo(1);
  }

  @Test
  void aCancelMayOvertakeTheTrade() {
    h.venue.submit(order("a", Side.BUY, OrderType.POST_ONLY, "99.99", "1"), START_US);
    h.venue.cancel("a", START_US + 1);
    h.nowUs = START_US + 9_000;
    h.trade(99.98, 1, true);
    assertThat(poll(START_US + SECOND_US))
        .extracting(ExecutionReport::state)
        .containsExactly(OrderState.ACKED, OrderState.CANCELLED);
  }

  @Test
  void aCancelNeverOvertakesItsOrder() {
    VenueHarness jittery =
        new VenueHarness(
            VenueHarness.settings()
                .withBehaviour(new VenueLatency(0, 5_000), new VenueLatency(0, 5_000), 0, 0),
            VenueFaults.NONE);
    for (int i = 0; i < 500; i++) {
      jittery.venue.submit(
          order("o" + i, Side.BUY, OrderType.POST_ONLY, "99.90", "1"), START_US + i);
      jittery.venue.cancel("o" + i, START_US + i);
    }
    jittery.nowUs = START_US + SECOND_US;
    assertThat(jittery.states()).hasSize(1_000);
    assertThat(jittery.venue.cancelsWithoutOrder()).isZero();
  }

  @Test
  void snapshotsComeAtBordersOfTheVenuesClockWhileNobodyTrades() {
    // The clock is half a second ahead: the first border is 9.5 s away.
    h.venue.doWork(START_US + 35 * SECOND_US);
    assertThat(h.ledgers)
        .extracting(ledger -> (ledger.asOfUs() - START_US) / SECOND_US)
        .containsExactly(10L, 20L, 30L);
    assertThat(h.ledgers).extracting(Ledger::seq).containsExactly(1L, 2L, 3L);
    Ledger ledger = h.ledgers.get(0);
    assertThat(ledger.book()).isEqualTo(Book.VENUE);
    assertThat(ledger.status()).isEqualTo(SnapshotStatus.OK);
    assertThat(ledger.eventTimeUs()).isEqualTo(ledger.asOfUs());
    assertThat(ledger.runId()).isEqualTo("run-1");
  }

  @Test
  void aVenueThatOpensOnABorderSaysSoAtOnce() {
    VenueHarness aligned = new VenueHarness();
    assertThat(aligned.ledgers).extracting(Ledger::asOfUs).containsExactly(START_US);
    assertThat(aligned.ledgers.get(0).openOrders()).isEmpty();
  }

  @Test
  void aSnapshotShowsTheStateBeforeItsBorder() {
    h.venue.submit(order("a", Side.BUY, OrderType.POST_ONLY, "99.99", "1"), START_US + 9_497_001);
    h.venue.submit(order("b", Side.BUY, OrderType.POST_ONLY, "99.98", "1"), START_US + 9_497_001);
    h.venue.cancel("a", START_US + 15 * SECOND_US);
    h.venue.doWork(START_US + 20 * SECOND_US);
    assertThat(h.ledgers.get(0).openOrders()).isEmpty();
    assertThat(h.ledgers.get(1).openOrders())
        .extracting(o -> o.clientOrderId())
        .containsExactly("b");
  }

  @Test
  void aHeartbeatRepeatsTheNewestSnapshotUnderTheNextSeq() {
    h.venue.heartbeat(START_US);
    h.venue.heartbeat(START_US);
    h.venue.doWork(START_US + 10 * SECOND_US);
    h.venue.heartbeat(START_US + 10 * SECOND_US);
    assertThat(h.ledgers).extracting(Ledger::seq).containsExactly(1L, 2L, 3L, 4L);
    assertThat(h.ledgers.get(1).asOfUs()).isEqualTo(h.ledgers.get(0).asOfUs());
    assertThat(h.ledgers.get(3).asOfUs()).isEqualTo(h.ledgers.get(2).asOfUs());
    assertThat(h.ledgers.get(2).asOfUs()).isEqualTo(START_US + 10 * SECOND_US);
  }

  @Test
  void restingOrdersFillWhileTheEngineIsSilent() {
    h.venue.submit(order("a", Side.BUY, OrderType.POST_ONLY, "99.99", "1"), START_US);
    h.nowUs = START_US + 60 * SECOND_US;
    h.trade(99.98, 1, true);
    assertThat(h.dropCopies).extracting(d -> d.state()).contains(OrderState.FILLED);
    h.venue.doWork(START_US + 70 * SECOND_US);
    Ledger newest = h.ledgers.get(h.ledgers.size() - 1);
    assertThat(newest.positions()).singleElement().satisfies(p -> assertThat(p.qty()).isOne());
  }

  @Test
  void timeThatGoesBackwardStandsStill() {
    h.venue.doWork(START_US + 20 * SECOND_US);
    h.venue.doWork(START_US);
    assertThat(h.venue.venueTimeUs()).isEqualTo(START_US + 20 * SECOND_US + 500_000);
    h.venue.submit(order("a", Side.BUY, OrderType.POST_ONLY, "99.99", "1"), START_US);
    assertThat(h.venue.nextDueUs()).isEqualTo(START_US + 20 * SECOND_US + 3_000);
  }

  private List<ExecutionReport> poll(long nowUs) {
    h.nowUs = nowUs;
    return h.reports();
  }
}
