// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One intent of one side with what became of it. Every time is the earliest of its kind, so that it
 * does not matter in which order the steps and fills were told. Flat, for checkpoints.
 */
public final class Intent {
  /** By time; those of one moment by price, and then by an id that says nothing. */
  static final Comparator<Intent> BY_TIME =
      Comparator.<Intent>comparingLong(intent -> intent.intendedUs)
          .thenComparingDouble(intent -> intent.price)
          .thenComparing(intent -> intent.clientOrderId);

  private static final int MAX_FILLS = 64;

  public boolean shadow;
  public String clientOrderId;
  public String symbol;
  public Side side;
  public Purpose purpose;

  /** NaN for an order without one. */
  public double price = Double.NaN;

  /** The market's mid as the intent was decided, NaN where the engine does not say. */
  public double mid = Double.NaN;

  /** Event times; 0 = not, or not yet. A fill may be told before its intent. */
  public long intendedUs;

  public long submittedUs;
  public long ackedUs;
  public long rejectedUs;
  public long filledUs;

  /** Newest event time of anything told of it. */
  public long newestUs;

  public List<IntentFill> fills = new ArrayList<>();

  public Intent() {}

  Intent(boolean shadow, String clientOrderId) {
    this.shadow = shadow;
    this.clientOrderId = clientOrderId;
  }

  static String key(boolean shadow, String clientOrderId) {
    return (shadow ? "S|" : "L|") + clientOrderId;
  }

  String key() {
    return key(shadow, clientOrderId);
  }

  /** What two intents must share to be matched. */
  String matchKey() {
    return symbol + "|" + side + "|" + purpose;
  }

  boolean known() {
    return intendedUs > 0;
  }

  void step(Order order) {
    long atUs = order.eventTimeUs();
    newestUs = Math.max(newestUs, atUs);
    switch (order.state()) {
      case INTENDED -> intended(order);
      case SUBMITTED -> submittedUs = earlier(submittedUs, atUs);
      case ACKED -> ackedUs = earlier(ackedUs, atUs);
      case REJECTED -> rejectedUs = earlier(rejectedUs, atUs);
      case PARTIALLY_FILLED, FILLED -> filledUs = earlier(filledUs, atUs);
      case CANCEL_REQUESTED, CANCELLED, EXPIRED, UNKNOWN -> {}
    }
  }

  private void intended(Order order) {
    if (known() && intendedUs <= order.eventTimeUs()) {
      return;
    }
    intendedUs = order.eventTimeUs();
    symbol = order.symbol();
    side = order.side();
    purpose = order.purpose();
    price = order.price() == null ? Double.NaN : order.price().doubleValue();
    mid = order.mid() == null ? Double.NaN : order.mid();
  }

  /** Takes a fill; false when it is left out because there are too many. */
  boolean fill(Fill fill) {
    newestUs = Math.max(newestUs, fill.eventTimeUs());
    filledUs = earlier(filledUs, fill.eventTimeUs());
    if (fills.size() >= MAX_FILLS) {
      return false;
    }
    fills.add(IntentFill.of(fill));
    return true;
  }

  private static long earlier(long knownUs, long atUs) {
    return knownUs == 0 ? atUs : Math.min(knownUs, atUs);
  }

  boolean filledBefore(long timeUs) {
    return filledUs > 0 && filledUs < timeUs;
  }

  boolean rejectedBefore(long timeUs) {
    return rejectedUs > 0 && rejectedUs < timeUs;
  }

  /** Submit to acknowledgement in milliseconds, NaN when it was not acknowledged before a time. */
  double latencyMs(long beforeUs) {
    boolean acked = submittedUs > 0 && ackedUs >= submittedUs && ackedUs < beforeUs;
    return acked ? (ackedUs - submittedUs) / 1e3 : Double.NaN;
  }
}
