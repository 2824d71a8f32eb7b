// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.venue.Venue;
import dev.sluice.schemas.OrderState;

/**
 * Orders the venue does not answer: after ten seconds, by {@link VenueClock}, nothing is known of
 * them any more, and the venue is asked. Not thread-safe.
 */
final class Unanswered {
  static final String NOT_HELD = "the venue does not hold it";
  private static final long UNKNOWN_AFTER_US = 10_000_000L;

  private final OrderTable table;
  private final OrderSteps steps;
  private final Queries queries;
  private final VenueClock clock;
  private final Venue venue;
  private final CircuitBreaker breaker;

  Unanswered(
      OrderTable table,
      OrderSteps steps,
      Queries queries,
      VenueClock clock,
      Venue venue,
      CircuitBreaker breaker) {
    this.table = table;
    this.steps = steps;
    this.queries = queries;
    this.clock = clock;
    this.venue = venue;
    this.breaker = breaker;
  }

  /** Asks the venue about orders it has not answered for long. */
  void work(long nowUs) {
    for (LiveOrder order : table.all()) {
      boolean waiting =
          order.state() == OrderState.SUBMITTED || order.state() == OrderState.CANCEL_REQUESTED;
      if (waiting && clock.passed(order.changed(), UNKNOWN_AFTER_US, nowUs)) {
        steps.step(order, OrderState.UNKNOWN, nowUs, "no answer from the venue");
      }
      if (order.state() == OrderState.UNKNOWN && !queries.awaits(order.clientOrderId())) {
        queries.ask(order, nowUs);
      }
    }
    queries.work(nowUs);
  }

  /**
   * Ends an order the venue does not hold; one that waits for its first answer may still be on its
   * way and goes on waiting. Should the submission arrive after all, the cancel that follows it
   * takes it off; a fill that is reported late is booked. Says whether the order ended.
   */
  boolean absent(LiveOrder order, long nowUs) {
    return switch (order.state()) {
      case UNKNOWN -> {
        boolean acked = order.venueOrderId() != null || order.cumQty().signum() > 0;
        venue.cancel(order.clientOrderId(), nowUs);
        steps.step(order, acked ? OrderState.CANCELLED : OrderState.REJECTED, nowUs, NOT_HELD);
        if (!acked && !order.recovered()) {
          breaker.onError(nowUs);
        }
        yield true;
      }
      case ACKED, PARTIALLY_FILLED -> {
        steps.step(order, OrderState.EXPIRED, nowUs, NOT_HELD);
        yield true;
      }
      case INTENDED, SUBMITTED, CANCEL_REQUESTED, FILLED, REJECTED, CANCELLED, EXPIRED -> false;
    };
  }
}
