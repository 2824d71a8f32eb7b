// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.core.ReportCheck.Verdict;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.OrderStatus;
import dev.sluice.schemas.OrderState;
import java.util.List;

/**
 * Takes what the venue says of orders. A report has its effect once: identity, order and book are
 * saved in one transaction before anybody hears of it. What does not fit is kept out of the books
 * and counted, and the venue is asked; what it then proves is taken over. Not thread-safe.
 */
final class Inbox {
  private static final String PROVEN = "proven by the venue";

  private final OrderTable table;
  private final OrderSteps steps;
  private final Journal journal;
  private final FillBook fills;
  private final Queries queries;
  private final VenueClock clock;
  private final SafeguardCounts counts;

  Inbox(
      OrderTable table,
      OrderSteps steps,
      Journal journal,
      FillBook fills,
      Queries queries,
      VenueClock clock,
      SafeguardCounts counts) {
    this.table = table;
    this.steps = steps;
    this.journal = journal;
    this.fills = fills;
    this.queries = queries;
    this.clock = clock;
    this.counts = counts;
  }

  /** Takes a report; returns the order whose state it changed, or null. */
  LiveOrder onReport(ExecutionReport report, long nowUs) {
    clock.observe(report.venueTimeUs(), nowUs);
    String id = report.clientOrderId();
    LiveOrder order = id == null ? null : table.find(id);
    if (order == null) {
      counts.quarantinedReport();
      LiveOrder meant = id == null ? table.findByVenueId(report.venueOrderId()) : null;
      if (meant != null) {
        queries.ask(meant, nowUs);
      }
      return null;
    }
    return take(order, report, nowUs, true);
  }

  /**
   * Takes the venue's word on an order it knows: executions not yet booked first, then its state.
   * Returns the order if its state changed, or null.
   */
  LiveOrder onProof(LiveOrder order, OrderStatus status, long nowUs) {
    boolean changed = false;
    for (ExecutionReport execution : status.executions()) {
      changed |= take(order, execution, nowUs, false) != null;
    }
    changed |= settle(order, status.newest(), nowUs);
    return changed ? order : null;
  }

  private LiveOrder take(LiveOrder order, ExecutionReport report, long nowUs, boolean heard) {
    Verdict verdict = ReportCheck.judge(order, report);
    switch (verdict) {
      case FITS -> {
        boolean execution = report.fillId() != null;
        List<OrderState> path =
            ReportCheck.stays(order.state(), report.state())
                ? List.of()
                : OrderMoves.path(order.state(), report.state());
        apply(order, report, path, execution, nowUs);
        return order;
      }
      case LATE_FILL -> {
        counts.lateFill();
        apply(order, report, List.of(), true, nowUs);
      }
      case DUPLICATE -> {
        if (heard) {
          counts.duplicateReport();
        }
      }
      case STALE -> {
        counts.quarantinedReport();
        if (heard && order.state() == OrderState.REJECTED && !report.state().terminal()) {
          queries.takeOff(order, nowUs); // given up for lost, and alive at the venue
        }
      }
      case CONTRADICTS -> {
        counts.quarantinedReport();
        if (heard) {
          queries.ask(order, nowUs);
        }
      }
    }
    return null;
  }

  /** Brings an order to the state the venue proves; says whether it moved. */
  private boolean settle(LiveOrder order, ExecutionReport newest, long nowUs) {
    if (order.state().terminal() || newest.cumQty().compareTo(order.cumQty()) < 0) {
      return false;
    }
    boolean incomplete = newest.cumQty().compareTo(order.cumQty()) > 0;
    if (incomplete) {
      counts.quarantinedReport();
      return false;
    }
    boolean undecided =
        order.state() == OrderState.SUBMITTED || order.state() == OrderState.UNKNOWN;
    boolean moves = newest.state().terminal() || (undecided && newest.state() != order.state());
    List<OrderState> path =
        moves ? OrderMoves.path(order.state(), newest.state()) : List.<OrderState>of();
    if (path.isEmpty()) {
      return false;
    }
    if (order.state() == OrderState.UNKNOWN && !newest.state().terminal()) {
      order.forgetCancel();
    }
    apply(order, newest, path, false, nowUs);
    return true;
  }

  private void apply(
      LiveOrder order,
      ExecutionReport report,
      List<OrderState> path,
      boolean execution,
      long nowUs) {
    String identity = ReportIdentity.of(report);
    order.remember(identity);
    order.proven(report.venueOrderId(), report.queueAhead());
    OrderState end = path.isEmpty() ? order.state() : path.get(path.size() - 1);
    boolean cancelFollows = order.cancelAsked() && restsIn(end);
    if (execution) {
      fills.account(order, report);
    }
    journal.saveReport(
        order.saved(
            cancelFollows ? OrderState.CANCEL_REQUESTED : end,
            execution ? report.cumQty() : order.cumQty(),
            nowUs),
        identity,
        execution ? fills.saved(order.symbol()) : null);
    for (int i = 0; i < path.size() - 1; i++) {
      steps.told(order, path.get(i), nowUs, null, PROVEN);
    }
    if (execution) {
      order.filledTo(report.cumQty());
      fills.publish(order, report, nowUs);
    }
    if (!path.isEmpty()) {
      steps.told(order, end, nowUs, report.venueTimeUs(), report.reason());
    } else if (!order.state().terminal()) {
      steps.progressed(order, nowUs, report.venueTimeUs(), report.reason());
    }
    if (cancelFollows) {
      steps.told(order, OrderState.CANCEL_REQUESTED, nowUs, null, order.cancelReason());
    }
  }

  private static boolean restsIn(OrderState state) {
    return state == OrderState.ACKED || state == OrderState.PARTIALLY_FILLED;
  }
}
