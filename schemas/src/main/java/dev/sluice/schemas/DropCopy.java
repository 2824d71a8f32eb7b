// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;

/**
 * An execution or an order state as the VENUE reports it, independent of the engine's own word.
 *
 * @param fillId set for executions, null for mere state changes; with it {@code lastPrice}, {@code
 *     lastQty}, {@code liquidity} and {@code fee} are set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DropCopy(
    String schema,
    String engineId,
    String runId,
    long seq,
    long eventTimeUs,
    Source source,
    String account,
    String clientOrderId,
    @Nullable String venueOrderId,
    String symbol,
    Side side,
    OrderState state,
    @Nullable BigDecimal price,
    BigDecimal qty,
    BigDecimal cumQty,
    @Nullable String fillId,
    @Nullable BigDecimal lastPrice,
    @Nullable BigDecimal lastQty,
    @Nullable Liquidity liquidity,
    @Nullable BigDecimal fee,
    @Nullable String feeAsset,
    long venueTimeUs,
    @Nullable String reason) {
  public static final String SCHEMA = "dropcopy.v1";
}
