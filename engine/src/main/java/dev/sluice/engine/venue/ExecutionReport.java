// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.venue;

import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;

/**
 * What a venue says of an order. Fill fields ({@code fillId} to {@code feeAsset}) are null for mere
 * state changes. A market or marketable order reports ACKED before its fills.
 *
 * @param queueAhead volume ahead of the order when it joined its level, base units, NaN when
 *     unknown
 * @param venueTimeUs the venue's clock
 */
public record ExecutionReport(
    String clientOrderId,
    String venueOrderId,
    String symbol,
    Side side,
    OrderState state,
    BigDecimal price,
    BigDecimal qty,
    BigDecimal cumQty,
    String fillId,
    BigDecimal lastPrice,
    BigDecimal lastQty,
    Liquidity liquidity,
    BigDecimal fee,
    String feeAsset,
    double queueAhead,
    long venueTimeUs,
    String reason) {
  /** The order as it stands after this report, without the execution that led to it. */
  public ExecutionReport withoutFill() {
    return new ExecutionReport(
        clientOrderId,
        venueOrderId,
        symbol,
        side,
        state,
        price,
        qty,
        cumQty,
        null,
        null,
        null,
        null,
        null,
        null,
        queueAhead,
        venueTimeUs,
        reason);
  }
}
