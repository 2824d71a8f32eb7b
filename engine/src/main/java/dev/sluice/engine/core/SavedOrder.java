// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;

/**
 * An order as the journal keeps it: the intent, and how far the order has come.
 *
 * @param price null for a market order
 * @param quotePrice the price meant: the limit, or the touch a market order aimed at
 * @param mid when it was decided
 * @param hedgeOf first intent of the hedge it belongs to, null for other orders
 * @param hedgeLevel 1 to 3, 0 for other orders
 * @param state SUBMITTED from before the venue is called: it may have been reached, or not
 * @param venueOrderId null until the venue has said it
 * @param submittedAtUs event time of the submit
 * @param changedUs event time of the last change
 * @param arm of the trial slot in which it was decided, null outside a trial
 * @param slot number of that slot, null outside a trial
 */
public record SavedOrder(
    String clientOrderId,
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
    OrderState state,
    BigDecimal cumQty,
    String venueOrderId,
    long submittedAtUs,
    long changedUs,
    @Nullable Arm arm,
    @Nullable Long slot) {
  /** An order outside a trial. */
  public SavedOrder(
      String clientOrderId,
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
      OrderState state,
      BigDecimal cumQty,
      String venueOrderId,
      long submittedAtUs,
      long changedUs) {
    this(
        clientOrderId,
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
        state,
        cumQty,
        venueOrderId,
        submittedAtUs,
        changedUs,
        null,
        null);
  }
}
