// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;

/**
 * An execution as the engine booked it.
 *
 * @param fillId the venue's identity of the execution
 * @param fee in {@code feeAsset}; a cost is positive, a rebate negative
 * @param quotePrice the price the engine meant when it quoted
 * @param midAtQuote mid when the order was quoted
 * @param midAtFill mid when it executed
 * @param queueAhead volume that was ahead in the queue when the order was placed, base units
 * @param positionAfter the engine's position after this fill, base units, signed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fill(
    String schema,
    String engineId,
    String runId,
    long seq,
    long eventTimeUs,
    Source source,
    String fillId,
    String intentId,
    String clientOrderId,
    String symbol,
    @Nullable Arm arm,
    @Nullable Long slot,
    Side side,
    BigDecimal price,
    BigDecimal qty,
    Liquidity liquidity,
    BigDecimal fee,
    String feeAsset,
    double quotePrice,
    double midAtQuote,
    double midAtFill,
    double quoteToFillMs,
    @Nullable Double queueAhead,
    BigDecimal positionAfter,
    long venueTimeUs,
    @Nullable String correlationId,
    @Nullable String causationId) {
  public static final String SCHEMA = "fill.v1";
}
