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
    @Nullable String causationId) {
  public static final String SCHEMA = "order.v1";
}
