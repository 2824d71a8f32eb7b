// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.SentCounts;
import java.util.Arrays;

/**
 * A speaker's word that everything before a time has been sent.
 *
 * @param atUs the time, on the speaker's clock
 * @param sent last number sent per stream in this run, by {@link EventStream#index()}; −1 where the
 *     word says nothing
 */
public record Word(String runId, long atUs, long[] sent) {
  private static final long SILENT = -1;

  /** The word of a heartbeat; null when it declares nothing. */
  static Word of(Health health) {
    SentCounts sent = health.sent();
    if (sent == null) {
      return null;
    }
    long[] counts = nothing();
    counts[EventStream.ORDERS.index()] = sent.orders();
    counts[EventStream.FILLS.index()] = sent.fills();
    counts[EventStream.LEDGER.index()] = sent.ledgers() == null ? SILENT : sent.ledgers();
    return new Word(health.runId(), health.eventTimeUs(), counts);
  }

  /** The word of a venue's snapshot; null when it declares nothing. */
  static Word of(Ledger ledger) {
    if (ledger.sentDropCopies() == null) {
      return null;
    }
    long[] counts = nothing();
    counts[EventStream.DROP_COPY.index()] = ledger.sentDropCopies();
    return new Word(ledger.runId(), ledger.asOfUs(), counts);
  }

  private static long[] nothing() {
    long[] counts = new long[EventStream.count()];
    Arrays.fill(counts, SILENT);
    return counts;
  }

  boolean declares(EventStream stream) {
    return sent[stream.index()] >= 0;
  }

  long sent(EventStream stream) {
    return sent[stream.index()];
  }
}
