// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;

/**
 * One execution as one side tells it.
 *
 * @param atUs when that side booked it, on its own clock
 * @param venueUs the venue's time of it
 * @param fee in {@code feeAsset}, a cost is positive; null when not said
 * @param at where the message is in Kafka, null where not known
 */
public record Execution(
    long atUs,
    long venueUs,
    String clientOrderId,
    String symbol,
    Side side,
    BigDecimal price,
    BigDecimal qty,
    @Nullable BigDecimal fee,
    @Nullable String feeAsset,
    @Nullable InputRange at) {

  static Execution of(Fill fill, InputRange at) {
    return new Execution(
        fill.eventTimeUs(),
        fill.venueTimeUs(),
        fill.clientOrderId(),
        fill.symbol(),
        fill.side(),
        fill.price(),
        fill.qty(),
        fill.fee(),
        fill.feeAsset(),
        at);
  }

  static Execution of(DropCopy copy, InputRange at) {
    return new Execution(
        copy.eventTimeUs(),
        copy.venueTimeUs(),
        copy.clientOrderId(),
        copy.symbol(),
        copy.side(),
        copy.lastPrice(),
        copy.lastQty(),
        copy.fee(),
        copy.feeAsset(),
        at);
  }

  BigDecimal signedQty() {
    return side == Side.BUY ? qty : qty.negate();
  }
}
