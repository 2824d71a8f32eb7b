// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.SnapshotStatus;
import java.math.BigDecimal;
import java.util.List;

/** Words the venue's facts: reports for the engine, drop copy and ledger for everybody else. */
final class VenueReporter {
  /** One execution: what a fill report has beyond a change of state. */
  record Execution(
      String fillId, BigDecimal price, BigDecimal qty, Liquidity liquidity, BigDecimal fee) {}

  private final VenueIdentity identity;
  private final VenuePublisher publisher;
  private long dropCopySeq;
  private long ledgerSeq;
  private Ledger newestLedger;

  VenueReporter(VenueIdentity identity, VenuePublisher publisher) {
    this.identity = identity;
    this.publisher = publisher;
  }

  /** Publishes the drop copy and returns the report of a change of an accepted order's state. */
  ExecutionReport report(
      PaperOrder order, OrderState state, Execution execution, long venueTimeUs, String reason) {
    String feeAsset = execution == null ? null : order.instrument.quoteAsset();
    return report(
        order.request,
        order.venueOrderId,
        state,
        order.cumQty(),
        execution,
        feeAsset,
        order.queueAheadAtJoin,
        venueTimeUs,
        reason);
  }

  /** Publishes the drop copy and returns the report of a rejected order. */
  ExecutionReport rejected(NewOrder request, long venueTimeUs, String reason) {
    return report(
        request,
        null,
        OrderState.REJECTED,
        BigDecimal.ZERO,
        null,
        null,
        Double.NaN,
        venueTimeUs,
        reason);
  }

  private ExecutionReport report(
      NewOrder request,
      String venueOrderId,
      OrderState state,
      BigDecimal cumQty,
      Execution execution,
      String feeAsset,
      double queueAhead,
      long venueTimeUs,
      String reason) {
    boolean fill = execution != null;
    ExecutionReport report =
        new ExecutionReport(
            request.clientOrderId(),
            venueOrderId,
            request.symbol(),
            request.side(),
            state,
            request.price(),
            request.qty(),
            cumQty,
            fill ? execution.fillId() : null,
            fill ? execution.price() : null,
            fill ? execution.qty() : null,
            fill ? execution.liquidity() : null,
            fill ? execution.fee() : null,
            feeAsset,
            queueAhead,
            venueTimeUs,
            reason);
    dropCopySeq++;
    publisher.dropCopy(
        new DropCopy(
            DropCopy.SCHEMA,
            identity.engineId(),
            identity.runId(),
            dropCopySeq,
            venueTimeUs,
            identity.source(),
            identity.account(),
            report.clientOrderId(),
            venueOrderId,
            report.symbol(),
            report.side(),
            state,
            report.price(),
            report.qty(),
            cumQty,
            report.fillId(),
            report.lastPrice(),
            report.lastQty(),
            report.liquidity(),
            report.fee(),
            feeAsset,
            venueTimeUs,
            reason));
    return report;
  }

  /**
   * Publishes a snapshot. It also says how many drop copies came before it.
   *
   * @param cumFees null when not known, as is {@code cumTurnover}
   */
  void ledger(
      long asOfUs,
      SnapshotStatus status,
      List<Balance> balances,
      List<Position> positions,
      List<OpenOrder> openOrders,
      BigDecimal cumFees,
      BigDecimal cumTurnover) {
    publish(
        new Ledger(
            Ledger.SCHEMA,
            identity.engineId(),
            identity.runId(),
            ++ledgerSeq,
            asOfUs,
            identity.source(),
            Book.VENUE,
            identity.account(),
            asOfUs,
            status,
            List.copyOf(balances),
            List.copyOf(positions),
            List.copyOf(openOrders),
            dropCopySeq,
            cumFees,
            cumTurnover));
  }

  /** Publishes the newest snapshot once more under the next seq; false when there is none. */
  boolean repeatLedger() {
    if (newestLedger == null) {
      return false;
    }
    publish(
        new Ledger(
            Ledger.SCHEMA,
            identity.engineId(),
            identity.runId(),
            ++ledgerSeq,
            newestLedger.eventTimeUs(),
            identity.source(),
            Book.VENUE,
            identity.account(),
            newestLedger.asOfUs(),
            newestLedger.status(),
            newestLedger.balances(),
            newestLedger.positions(),
            newestLedger.openOrders(),
            newestLedger.sentDropCopies(),
            newestLedger.cumFees(),
            newestLedger.cumTurnover()));
    return true;
  }

  private void publish(Ledger ledger) {
    newestLedger = ledger;
    publisher.ledger(ledger);
  }
}
