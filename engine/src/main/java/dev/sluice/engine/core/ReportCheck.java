// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.schemas.OrderState;
import java.math.BigDecimal;

/** What a report is to the order it speaks of. A pure function. */
final class ReportCheck {
  /** What to do with a report. */
  enum Verdict {
    /** New and true: it has its effect. */
    FITS,
    /** An execution of an order that has ended: booked, the state stays. */
    LATE_FILL,
    /** Said before. */
    DUPLICATE,
    /** News from before what is known: kept out. */
    STALE,
    /** Does not fit what is known: kept out, and the venue is asked. */
    CONTRADICTS
  }

  private ReportCheck() {}

  static Verdict judge(LiveOrder order, ExecutionReport report) {
    if (order.knows(ReportIdentity.of(report))) {
      return Verdict.DUPLICATE;
    }
    boolean another =
        report.state() == null
            || report.cumQty() == null
            || report.cumQty().signum() < 0
            || report.cumQty().compareTo(order.intent().qty()) > 0
            || (report.side() != null && report.side() != order.side())
            || (report.symbol() != null && !report.symbol().equals(order.symbol()));
    if (another) {
      return Verdict.CONTRADICTS;
    }
    return report.fillId() == null ? step(order, report) : execution(order, report);
  }

  private static Verdict execution(LiveOrder order, ExecutionReport report) {
    BigDecimal cumQty = report.cumQty();
    if (order.knowsFill(report.fillId())) {
      return cumQty.compareTo(order.cumQty()) <= 0 ? Verdict.DUPLICATE : Verdict.CONTRADICTS;
    }
    boolean whole =
        report.lastQty() != null
            && report.lastPrice() != null
            && report.fee() != null
            && report.lastQty().signum() > 0;
    boolean fits = whole && order.cumQty().add(report.lastQty()).compareTo(cumQty) == 0;
    boolean full = cumQty.compareTo(order.intent().qty()) == 0;
    if (!fits || (report.state() == OrderState.FILLED) != full) {
      return Verdict.CONTRADICTS;
    }
    if (order.state().terminal()) {
      return Verdict.LATE_FILL;
    }
    boolean moves =
        stays(order.state(), report.state())
            || !OrderMoves.path(order.state(), report.state()).isEmpty();
    return moves ? Verdict.FITS : Verdict.CONTRADICTS;
  }

  /** An order whose cancel is under way may be filled in part and goes on waiting. */
  static boolean stays(OrderState from, OrderState to) {
    return from == OrderState.CANCEL_REQUESTED && to == OrderState.PARTIALLY_FILLED;
  }

  private static Verdict step(LiveOrder order, ExecutionReport report) {
    int news = report.cumQty().compareTo(order.cumQty());
    if (news > 0) {
      return Verdict.CONTRADICTS;
    }
    if (news < 0 || order.state().terminal()) {
      return Verdict.STALE;
    }
    if (report.state() == OrderState.FILLED) {
      return Verdict.CONTRADICTS;
    }
    boolean said = report.state() == order.state() || report.state() == OrderState.PARTIALLY_FILLED;
    if (!said && order.state().mayBecome(report.state())) {
      return Verdict.FITS;
    }
    return report.state().terminal() ? Verdict.CONTRADICTS : Verdict.STALE;
  }
}
