// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;

/**
 * One step of an order's life. On the wire money and quantity are decimal strings.
 *
 * @param clientOrderId deterministic from the intent and the attempt
 * @param venueOrderId null until the venue has acknowledged
 * @param submittedAtUs event time of the submit, null before it; order age is derived from it
 * @param venueTimeUs the venue's clock, null for steps the venue has not seen
 * @param correlationId the intent that started the chain
 * @param causationId the immediate parent
 * @param mid of the market when the intent was decided; null from engines that do not say
 * @param warmup true in the first seconds of a slot, which no arm is judged by; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Order(
    String schema,
    String engineId,
    String runId,
    long seq,
    long eventTimeUs,
    Source source,
    String intentId,
    String clientOrderId,
    @Nullable String venueOrderId,
    String symbol,
    @Nullable Arm arm,
    @Nullable Long slot,
    Side side,
    OrderType type,
    Purpose purpose,
    OrderState state,
    @Nullable BigDecimal price,
    BigDecimal qty,
    BigDecimal cumQty,
    @Nullable Long submittedAtUs,
    @Nullable Long venueTimeUs,
    @Nullable String reason,
    @Nullable String hedgeOf,
    @Nullable Integer hedgeLevel,
    @Nullable String correlationId,
    @Nullable String causationId,
    @Nullable Double mid,
    @Nullable Boolean warmup) {
  public static final String SCHEMA = "order.v1";

  /** An order that is not of a warm-up, and says no mid. */
  public Order(
      String schema,
      String engineId,
      String runId,
      long seq,
      long eventTimeUs,
      Source source,
      String intentId,
      String clientOrderId,
      String venueOrderId,
      String symbol,
      Arm arm,
      Long slot,
      Side side,
      OrderType type,
      Purpose purpose,
      OrderState state,
      BigDecimal price,
      BigDecimal qty,
      BigDecimal cumQty,
      Long submittedAtUs,
      Long venueTimeUs,
      String reason,
      String hedgeOf,
      Integer hedgeLevel,
      String correlationId,
      String causationId) {
    this(
        schema,
        engineId,
        runId,
        seq,
        eventTimeUs,
        source,
        intentId,
        clientOrderId,
        venueOrderId,
        symbol,
        arm,
        slot,
        side,
        type,
        purpose,
        state,
        price,
        qty,
        cumQty,
        submittedAtUs,
        venueTimeUs,
        reason,
        hedgeOf,
        hedgeLevel,
        correlationId,
        causationId,
        null,
        null);
  }
}
