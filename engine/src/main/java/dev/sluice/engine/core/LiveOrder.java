// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An order of ours and how far it has come. Mutable; belongs to {@link Orders}. */
final class LiveOrder {
  private static final int IDENTITIES = 1_024;

  private final Intent intent;
  private final String clientOrderId;
  private final boolean recovered;
  private final Set<String> identities = new LinkedHashSet<>();
  private final Set<String> fillIds = new LinkedHashSet<>();
  private OrderState state = OrderState.INTENDED;
  private BigDecimal cumQty = BigDecimal.ZERO;
  private String venueOrderId;
  private long submittedAtUs;
  private VenueClock.Mark changed = new VenueClock.Mark(0, Long.MIN_VALUE);
  private double queueAhead = Double.NaN;
  private String cancelReason;

  /**
   * What we mean to do.
   *
   * @param price null for a market order
   * @param quotePrice the price meant: the limit, or the touch a market order aims at
   * @param mid when it was decided
   * @param hedgeOf first intent of the hedge it belongs to, null for other orders
   * @param hedgeLevel 1 to 3, 0 for other orders
   * @param mark the slot in which it was decided; null before it is sent, unless its hedge began
   *     earlier
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
      double mid,
      String hedgeOf,
      int hedgeLevel,
      @Nullable SlotMark mark) {

    /** An intent that belongs to no hedge, decided when it is sent. */
    Intent(
        String intentId,
        int attempt,
        String symbol,
        Side side,
        OrderType type,
        Purpose purpose,
        BigDecimal price,
        BigDecimal qty,
        double quotePrice,
        double mid) {
      this(
          intentId,
          attempt,
          symbol,
          side,
          type,
          purpose,
          price,
          qty,
          quotePrice,
          mid,
          null,
          0,
          null);
    }

    /** The same, of this slot. */
    Intent decidedIn(SlotMark slot) {
      return slot.equals(mark)
          ? this
          : new Intent(
              intentId,
              attempt,
              symbol,
              side,
              type,
              purpose,
              price,
              qty,
              quotePrice,
              mid,
              hedgeOf,
              hedgeLevel,
              slot);
    }
  }

  LiveOrder(Intent intent) {
    this(intent, intent.intentId() + "-" + intent.attempt(), false);
  }

  private LiveOrder(Intent intent, String clientOrderId, boolean recovered) {
    this.intent = intent;
    this.clientOrderId = clientOrderId;
    this.recovered = recovered;
  }

  /** An order of an earlier process, as its journal has it. */
  static LiveOrder of(SavedOrder saved, List<String> identities) {
    Intent intent =
        new Intent(
            saved.intentId(),
            saved.attempt(),
            saved.symbol(),
            saved.side(),
            saved.type(),
            saved.purpose(),
            saved.price(),
            saved.qty(),
            saved.quotePrice(),
            saved.mid(),
            saved.hedgeOf(),
            saved.hedgeLevel(),
            new SlotMark(saved.arm(), saved.slot()));
    LiveOrder order = new LiveOrder(intent, saved.clientOrderId(), true);
    order.state = saved.state();
    order.cumQty = saved.cumQty();
    order.venueOrderId = saved.venueOrderId();
    order.submittedAtUs = saved.submittedAtUs();
    identities.forEach(order::remember);
    return order;
  }

  /** What the journal is to keep once the order stands so. */
  SavedOrder saved(OrderState nextState, BigDecimal nextCumQty, long nowUs) {
    return new SavedOrder(
        clientOrderId,
        intent.intentId(),
        intent.attempt(),
        intent.symbol(),
        intent.side(),
        intent.type(),
        intent.purpose(),
        intent.price(),
        intent.qty(),
        intent.quotePrice(),
        intent.mid(),
        intent.hedgeOf(),
        intent.hedgeLevel(),
        nextState,
        nextCumQty,
        venueOrderId,
        submittedAtUs == 0 ? nowUs : submittedAtUs,
        nowUs,
        mark().arm(),
        mark().slot());
  }

  NewOrder request() {
    return new NewOrder(
        clientOrderId, intent.symbol(), intent.side(), intent.type(), intent.price(), intent.qty());
  }

  void submitted(long nowUs) {
    submittedAtUs = nowUs;
    moveTo(OrderState.SUBMITTED);
  }

  /**
   * Moves on.
   *
   * @throws IllegalStateException when the table forbids the move
   */
  void moveTo(OrderState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(clientOrderId + ": " + state + " -> " + next);
    }
    state = next;
  }

  /** The moment of the last change on both clocks, for timers. */
  void changedAt(VenueClock.Mark mark) {
    changed = mark;
  }

  VenueClock.Mark changed() {
    return changed;
  }

  void proven(String venueOrderId, double queueAhead) {
    if (venueOrderId != null) {
      this.venueOrderId = venueOrderId;
    }
    if (Double.isNaN(this.queueAhead)) {
      this.queueAhead = queueAhead;
    }
  }

  /** Whether a report of this identity has had its effect. */
  boolean knows(String identity) {
    return identities.contains(identity);
  }

  boolean knowsFill(String fillId) {
    return fillIds.contains(fillId);
  }

  /**
   * Remembers a report that has had its effect. Of very many the oldest are forgotten: the check of
   * quantities still keeps them from counting again.
   */
  void remember(String identity) {
    identities.add(identity);
    String fillId = ReportIdentity.fillId(identity);
    if (!fillId.isEmpty()) {
      fillIds.add(fillId);
    }
    if (identities.size() > IDENTITIES) {
      Iterator<String> oldest = identities.iterator();
      oldest.next();
      oldest.remove();
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

  SlotMark mark() {
    return intent.mark() == null ? SlotMark.NONE : intent.mark();
  }

  /** Whether an earlier process sent it. */
  boolean recovered() {
    return recovered;
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

  double queueAhead() {
    return queueAhead;
  }

  double priceValue() {
    return intent.quotePrice();
  }

  boolean isQuote() {
    return intent.purpose() == Purpose.QUOTE;
  }

  /** At the venue, and no cancel of it is under way. */
  boolean resting() {
    return state == OrderState.ACKED || state == OrderState.PARTIALLY_FILLED;
  }
}
