// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

import java.util.List;

/**
 * What is stored of one partition of one topic, by Kafka's offsets.
 *
 * @param dataset the topic's
 * @param compacted whether Kafka drops what is superseded: then an offset may be missing
 * @param rows stored
 * @param stored distinct offsets stored
 * @param missing the first ranges of offsets that are missing between the first and the last stored
 * @param deadLetters of the missing ones, those that are dead letters: unreadable, and kept
 */
public record OffsetCounts(
    String dataset,
    boolean compacted,
    long partition,
    long rows,
    long stored,
    long firstOffset,
    long lastOffset,
    List<NumberRange> missing,
    long deadLetters) {

  public OffsetCounts {
    missing = List.copyOf(missing);
  }

  /** For people. */
  public String subject() {
    return dataset + ", partition " + partition;
  }

  /**
   * Offsets between the first and the last stored that are nowhere: lost by the archive; 0 of a
   * compacted topic.
   */
  public long lost() {
    return compacted ? 0 : lastOffset - firstOffset + 1 - stored - deadLetters;
  }

  /** Rows whose offset is stored already: written twice by the archive. */
  public long storedTwice() {
    return rows - stored;
  }
}
