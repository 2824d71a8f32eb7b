// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.schemas.OrderState;

/**
 * One step of an order: into the journal first, then into the table and out to the judge. Steps a
 * report causes are saved with the report, see {@link Inbox}. Not thread-safe.
 */
final class OrderSteps {
  private final OrderTable table;
  private final Journal journal;
  private final Publisher publisher;
  private final VenueClock clock;

  OrderSteps(OrderTable table, Journal journal, Publisher publisher, VenueClock clock) {
    this.table = table;
    this.journal = journal;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** Saves the intent, so that it may be sent. */
  void intend(LiveOrder order, long nowUs) {
    journal.save(order.saved(OrderState.SUBMITTED, order.cumQty(), nowUs));
    publisher.order(order, nowUs, null, null);
    order.submitted(nowUs);
    order.changedAt(clock.mark(nowUs));
    publisher.order(order, nowUs, null, null);
  }

  /** A step of our own. */
  void step(LiveOrder order, OrderState next, long nowUs, String reason) {
    journal.save(order.saved(next, order.cumQty(), nowUs));
    told(order, next, nowUs, null, reason);
  }

  /** A step that has been saved already. */
  void told(LiveOrder order, OrderState next, long nowUs, Long venueTimeUs, String reason) {
    order.moveTo(next);
    order.changedAt(clock.mark(nowUs));
    if (next.terminal()) {
      table.put(order);
    }
    publisher.order(order, nowUs, venueTimeUs, reason);
  }

  /** Says an order again without a move: its cumulative quantity has risen. */
  void progressed(LiveOrder order, long nowUs, Long venueTimeUs, String reason) {
    publisher.order(order, nowUs, venueTimeUs, reason);
  }
}
