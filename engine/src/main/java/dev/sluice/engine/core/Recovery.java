// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.venue.Venue;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.OrderState;
import java.math.BigDecimal;
import java.util.List;

/**
 * From the journal back to trading. No new order goes out before all of this is done:
 *
 * <ol>
 *   <li>The venue is asked for every order that had not ended. What it proves is taken over, missed
 *       fills included.
 *   <li>An order it has never heard of ends as REJECTED, if our call may not have reached it. A
 *       hedge or an exit that is still wanted (the mode permits it, and it shrinks the position) is
 *       sent again instead, once, under the same client order id, so that the venue itself would
 *       refuse a second one. A quote is never sent again: its price is that of a market which is
 *       gone, and the next pass quotes anew.
 *   <li>What still rests is cancelled, for the same reason; also orders at the venue that the
 *       journal does not know.
 *   <li>When nothing is open any more, the venue's positions and balances are compared with the
 *       journal's book, and the venue's word wins.
 * </ol>
 *
 * A venue that does not answer is asked again and again, and the engine waits. Not thread-safe.
 */
final class Recovery {
  static final String NEVER_REACHED = "never reached the venue";
  private static final long LOOK_EVERY_US = 1_000_000L;

  private final OrderTable table;
  private final OrderSteps steps;
  private final Journal journal;
  private final Queries queries;
  private final Venue venue;
  private final Account account;
  private final GateClient gate;
  private final VenueClock clock;
  private final boolean continues;
  private boolean begun;
  private boolean done;
  private boolean restored;
  private String resent = "";
  private long lookAtUs = Long.MIN_VALUE;

  /**
   * @param continues the run goes on where an earlier process ended, so the journal's capital
   *     counts
   */
  Recovery(
      OrderTable table,
      OrderSteps steps,
      Journal journal,
      Queries queries,
      Venue venue,
      Account account,
      GateClient gate,
      VenueClock clock,
      boolean continues) {
    this.table = table;
    this.steps = steps;
    this.journal = journal;
    this.queries = queries;
    this.venue = venue;
    this.account = account;
    this.gate = gate;
    this.clock = clock;
    this.continues = continues;
  }

  boolean done() {
    return done;
  }

  /** Goes on; returns whether there was something to do. */
  boolean work(long nowUs, Canceller canceller) {
    if (done) {
      return false;
    }
    if (!begun) {
      begun = true;
      begin(nowUs);
    }
    for (LiveOrder order : table.all()) {
      if (order.resting() && !queries.awaits(order.clientOrderId())) {
        canceller.cancel(order, nowUs, "of an earlier run");
      }
    }
    if (table.openCount() == 0 && nowUs >= lookAtUs) {
      lookAtUs = nowUs + LOOK_EVERY_US;
      if (nothingRests(nowUs)) {
        agree();
        done = true;
      }
    }
    return true;
  }

  /** The only way an order is taken off. */
  @FunctionalInterface
  interface Canceller {
    void cancel(LiveOrder order, long nowUs, String reason);
  }

  /** An order of an earlier process that the venue has never heard of; says whether it ended. */
  boolean absent(LiveOrder order, long nowUs) {
    if (order.state() == OrderState.SUBMITTED) {
      if (resent.equals(order.clientOrderId())) {
        return false;
      }
      if (stillWanted(order)) {
        resent = order.clientOrderId();
        order.changedAt(clock.mark(nowUs));
        venue.submit(order.request(), nowUs);
        return false;
      }
      steps.step(order, OrderState.REJECTED, nowUs, NEVER_REACHED);
      return true;
    }
    if (order.state() == OrderState.CANCEL_REQUESTED) {
      steps.step(order, OrderState.UNKNOWN, nowUs, Unanswered.NOT_HELD);
      steps.step(order, OrderState.CANCELLED, nowUs, Unanswered.NOT_HELD);
      return true;
    }
    return false;
  }

  private void begin(long nowUs) {
    Journal.Memory memory = journal.load();
    if (continues && memory.account() != null) {
      account.restore(memory.account());
      restored = true;
    }
    for (SavedOrder saved : memory.orders()) {
      LiveOrder order =
          LiveOrder.of(saved, memory.identities().getOrDefault(saved.clientOrderId(), List.of()));
      boolean traded = account.knows(order.symbol());
      if (traded) {
        order.changedAt(clock.mark(nowUs));
        table.put(order);
      }
      if (!order.state().terminal()) {
        if (traded) {
          if (order.state() == OrderState.CANCEL_REQUESTED) {
            // Our cancel may have died with us; said twice it does no harm.
            venue.cancel(order.clientOrderId(), nowUs);
          }
          queries.ask(order, nowUs);
        } else {
          venue.cancel(order.clientOrderId(), nowUs);
          journal.save(order.saved(OrderState.CANCELLED, order.cumQty(), nowUs));
        }
      }
    }
  }

  private boolean stillWanted(LiveOrder order) {
    BigDecimal position = account.position(order.symbol());
    BigDecimal underWay = table.remaining(order.symbol(), order.side());
    return !order.isQuote()
        && !order.cancelAsked()
        && Orders.shrinks(order.side(), position)
        && underWay.compareTo(position.abs()) <= 0
        && gate.permits(
            order.purpose(),
            order.side(),
            order.remaining(),
            position,
            underWay.subtract(order.remaining()));
  }

  private boolean nothingRests(long nowUs) {
    boolean nothing = true;
    for (OpenOrder open : venue.openOrders()) {
      venue.cancel(open.clientOrderId(), nowUs);
      venue.query(open.clientOrderId(), nowUs); // it may have ended, and its end been missed
      nothing = false;
    }
    return nothing;
  }

  private void agree() {
    boolean agrees = account.agrees(venue.positions());
    if (agrees) {
      account.takeBalances(venue.balances());
    } else {
      account.adopt(venue.positions(), venue.balances(), restored);
    }
    if (restored || !agrees) {
      journal.saveAccount(account.saved());
    }
  }
}
