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
 * @param warmup true in the first seconds of a slot, which no arm is judged by; else null
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
    @Nullable String causationId,
    @Nullable Boolean warmup) {
  public static final String SCHEMA = "fill.v1";

  /** A fill that is not of a warm-up. */
  public Fill(
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
      Arm arm,
      Long slot,
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
      Double queueAhead,
      BigDecimal positionAfter,
      long venueTimeUs,
      String correlationId,
      String causationId) {
    this(
        schema,
        engineId,
        runId,
        seq,
        eventTimeUs,
        source,
        fillId,
        intentId,
        clientOrderId,
        symbol,
        arm,
        slot,
        side,
        price,
        qty,
        liquidity,
        fee,
        feeAsset,
        quotePrice,
        midAtQuote,
        midAtFill,
        quoteToFillMs,
        queueAhead,
        positionAfter,
        venueTimeUs,
        correlationId,
        causationId,
        null);
  }
}
