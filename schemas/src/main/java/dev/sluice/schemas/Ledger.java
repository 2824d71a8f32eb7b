// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import java.util.List;

/**
 * A snapshot of balances, positions and open orders as one side sees them. {@code engineId} is the
 * engine whose account it is, also when the venue speaks; the venue numbers its own {@code seq}.
 *
 * @param asOfUs the time the snapshot speaks of, on the speaker's clock
 */
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
    List<OpenOrder> openOrders) {
  public static final String SCHEMA = "ledger.v1";
}
