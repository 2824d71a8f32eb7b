// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Severity;
import java.math.BigDecimal;
import java.util.List;

/** Remembers client order ids: when each last changed, and that one id is one order. */
final class Orders {
  private final ReconcileRules rules;
  private final FillCheck facts;

  Orders(ReconcileRules rules) {
    this.rules = rules;
    this.facts = new FillCheck(rules);
  }

  void said(BookState books, Order order, InputRange at) {
    KnownOrder known = books.orders.getOrDefault(order.clientOrderId(), KnownOrder.UNKNOWN);
    String other = otherOrder(known, order);
    if (other != null) {
      reused(books, order.clientOrderId(), order.symbol(), order.eventTimeUs(), at, other);
    }
    boolean begins = begins(order.state());
    books.orders.put(
        order.clientOrderId(),
        new KnownOrder(
            order.intentId(),
            order.side(),
            order.price(),
            true,
            known.venueOrderId(),
            Math.max(known.changedUs(), order.eventTimeUs()),
            order.state().terminal() || (known.ended() && !begins)));
  }

  void reported(BookState books, EngineEvent event) {
    DropCopy copy = event.dropCopy();
    KnownOrder known = books.orders.getOrDefault(copy.clientOrderId(), KnownOrder.UNKNOWN);
    String before = known.venueOrderId();
    if (before != null && copy.venueOrderId() != null && !before.equals(copy.venueOrderId())) {
      String other =
          "the venue has two orders of this id, " + before + " and " + copy.venueOrderId();
      reused(books, copy.clientOrderId(), copy.symbol(), copy.eventTimeUs(), event.at(), other);
    }
    books.orders.put(
        copy.clientOrderId(),
        new KnownOrder(
            known.intentId(),
            known.side(),
            known.price(),
            known.priced(),
            copy.venueOrderId() == null ? before : copy.venueOrderId(),
            Math.max(known.changedUs(), copy.eventTimeUs()),
            known.ended()));
  }

  void prune(BookState books) {
    books.forgottenIds +=
        Oldest.keep(books.orders, entry -> entry.getValue().changedUs(), rules.maxRemembered());
  }

  private static boolean begins(OrderState state) {
    return state == OrderState.INTENDED || state == OrderState.SUBMITTED;
  }

  /** Why this is not the order known under the id, or null when it is. */
  private static String otherOrder(KnownOrder known, Order order) {
    if (known.intentId() == null) {
      return null;
    }
    if (!known.intentId().equals(order.intentId())) {
      return "the id of intent " + known.intentId() + " was used for intent " + order.intentId();
    }
    if (known.side() != order.side()) {
      return "the id of a " + known.side() + " was used for a " + order.side();
    }
    if (known.priced() && !same(known.price(), order.price())) {
      return "the id of an order at " + known.price() + " was used at " + order.price();
    }
    return known.ended() && begins(order.state())
        ? "the id of an order that had ended was " + order.state() + " again"
        : null;
  }

  private static boolean same(BigDecimal one, BigDecimal other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.compareTo(other) == 0;
  }

  private void reused(
      BookState books,
      String clientOrderId,
      String symbol,
      long atUs,
      InputRange at,
      String reason) {
    facts.fact(
        books,
        new Observation(
            Basis.FACT,
            FindingKind.DUPLICATE_IDENTITY,
            subject(clientOrderId),
            Severity.CRITICAL,
            atUs,
            symbol,
            clientOrderId,
            null,
            null,
            null,
            null,
            null,
            "",
            at == null ? null : List.of(at),
            reason));
  }

  static String subject(String clientOrderId) {
    return "order=" + clientOrderId;
  }
}
