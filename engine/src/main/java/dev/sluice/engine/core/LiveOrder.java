// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;

/** An order of ours and how far it has come. Mutable; belongs to {@link Orders}. */
final class LiveOrder {
  private final Intent intent;
  private final String clientOrderId;
  private OrderState state = OrderState.INTENDED;
  private BigDecimal cumQty = BigDecimal.ZERO;
  private String venueOrderId;
  private long submittedAtUs;
  private long changedUs;
  private double queueAhead = Double.NaN;
  private String cancelReason;

  /**
   * What we mean to do.
   *
   * @param price null for a market order
   * @param quotePrice the price meant: the limit, or the touch a market order aims at
   * @param mid when it was decided
   */
  record Intent(
      String intentId,
      int attempt,
      String symbol,
      Side side,
      OrderType type,
      Purpose purpose,
      BigDecimal price,
      BigDecimal qty,
      double quotePrice,
      double mid) {}

  LiveOrder(Intent intent) {
    this.intent = intent;
    this.clientOrderId = intent.intentId() + "-" + intent.attempt();
  }

  NewOrder request() {
    return new NewOrder(
        clientOrderId, intent.symbol(), intent.side(), intent.type(), intent.price(), intent.qty());
  }

  void submitted(long nowUs) {
    submittedAtUs = nowUs;
    moveTo(OrderState.SUBMITTED, nowUs);
  }

  /**
   * Moves on.
   *
   * @throws IllegalStateException when the table forbids the move
   */
  void moveTo(OrderState next, long nowUs) {
    if (!OrderMoves.legal(state, next)) {
      throw new IllegalStateException(clientOrderId + ": " + state + " -> " + next);
    }
    state = next;
    changedUs = nowUs;
  }

  void proven(String venueOrderId, double queueAhead) {
    if (venueOrderId != null) {
      this.venueOrderId = venueOrderId;
    }
    if (Double.isNaN(this.queueAhead)) {
      this.queueAhead = queueAhead;
    }
  }

  /** Remembers that the venue has been asked to cancel, also before it has acknowledged. */
  void askCancel(String reason) {
    cancelReason = reason;
  }

  void forgetCancel() {
    cancelReason = null;
  }

  boolean cancelAsked() {
    return cancelReason != null;
  }

  String cancelReason() {
    return cancelReason;
  }

  void filledTo(BigDecimal total) {
    cumQty = total;
  }

  Intent intent() {
    return intent;
  }

  String clientOrderId() {
    return clientOrderId;
  }

  String symbol() {
    return intent.symbol();
  }

  Side side() {
    return intent.side();
  }

  Purpose purpose() {
    return intent.purpose();
  }

  OrderState state() {
    return state;
  }

  BigDecimal cumQty() {
    return cumQty;
  }

  BigDecimal remaining() {
    return intent.qty().subtract(cumQty);
  }

  String venueOrderId() {
    return venueOrderId;
  }

  long submittedAtUs() {
    return submittedAtUs;
  }

  long changedUs() {
    return changedUs;
  }

  double queueAhead() {
    return queueAhead;
  }

  double priceValue() {
    return intent.quotePrice();
  }

  boolean isQuote() {
    return intent.purpose() == Purpose.QUOTE;
  }
}
