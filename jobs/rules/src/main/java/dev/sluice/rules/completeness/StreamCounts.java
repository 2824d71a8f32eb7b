// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

import dev.sluice.schemas.Nullable;
import java.util.List;

/**
 * What is stored of one numbered stream of one run, and what its speaker says it has sent.
 *
 * @param runId the engine's run; of a stream that the venue numbers, the venue's
 * @param stream such as {@code ticks}; also the name of its dataset but for {@code venue-ledger}
 * @param dataset where it is stored
 * @param afterSeq numbers up to this one lie before what is looked at, 0 for none
 * @param said highest number sent, as the speaker says; null when nobody does
 * @param saidBy who says so, for people
 * @param rows stored, doubled ones included
 * @param stored distinct numbers stored
 * @param firstSeq lowest number stored, 0 for none
 * @param lastSeq highest number stored, {@code afterSeq} for none
 * @param missing the first ranges of numbers that are missing up to {@code lastSeq}
 */
public record StreamCounts(
    String engineId,
    String runId,
    String stream,
    String dataset,
    long afterSeq,
    @Nullable Long said,
    String saidBy,
    long rows,
    long stored,
    long firstSeq,
    long lastSeq,
    List<NumberRange> missing) {

  public StreamCounts {
    missing = List.copyOf(missing);
  }

  /** For people: engine, run and stream. */
  public String subject() {
    return stream + " of " + engineId + ", run " + runId;
  }

  /** The highest number that was sent for certain. */
  public long sent() {
    return said == null ? lastSeq : Math.max(said, lastSeq);
  }

  /** count_delta: sent and not stored. */
  public long countDelta() {
    return sent() - afterSeq - stored;
  }

  /** Of those, the ones after the last that is stored. */
  public long missingAtEnd() {
    return sent() - lastSeq;
  }

  /** Rows that repeat a number. */
  public long duplicates() {
    return rows - stored;
  }
}
