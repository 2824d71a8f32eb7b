// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;

/**
 * A snapshot of balances, positions and open orders as one side sees them. {@code engineId} is the
 * engine whose account it is, also when the venue speaks; the venue numbers its own {@code seq}.
 *
 * @param asOfUs the time the snapshot speaks of, on the speaker's clock
 * @param sentDropCopies for the VENUE: last sequence number of its drop copy before the snapshot, a
 *     punctuation as {@link SentCounts} is the engine's; null when it does not say
 * @param cumFees fees paid since the account's start in quote currency, rebates subtracted; null
 *     when not said
 * @param cumTurnover Σ price·qty since the account's start in quote currency; null when not said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ledger(
    String schema,
    String engineId,
    String runId,
    long seq,
    long eventTimeUs,
    Source source,
    Book book,
    String account,
    long asOfUs,
    SnapshotStatus status,
    List<Balance> balances,
    List<Position> positions,
    List<OpenOrder> openOrders,
    @Nullable Long sentDropCopies,
    @Nullable BigDecimal cumFees,
    @Nullable BigDecimal cumTurnover) {
  public static final String SCHEMA = "ledger.v1";
}
