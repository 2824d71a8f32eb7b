// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Topics;
import java.util.List;

/**
 * What a closed bucket of the whole engine says of time: who closed it knew everything before its
 * end, or had given it up. True here once the same offsets have been seen here.
 *
 * @param inputs last offsets of orders, fills and heartbeats in it; null when there were none
 * @param ingestUs Kafka append time of what closed it, 0 when unknown
 */
public record BucketWord(
    String engineId, long endUs, @Nullable List<InputRange> inputs, Source source, long ingestUs) {

  /** The word of a bucket of the whole engine. */
  public static BucketWord of(Bucket bucket) {
    List<InputRange> inputs =
        bucket.inputs() == null
            ? null
            : bucket.inputs().stream().filter(range -> sequenced(range.topic())).toList();
    return new BucketWord(
        bucket.engineId(),
        bucket.endUs(),
        inputs == null || inputs.isEmpty() ? null : inputs,
        bucket.source(),
        bucket.closedIngestUs());
  }

  private static boolean sequenced(String topic) {
    return topic.equals(Topics.ORDERS) || topic.equals(Topics.FILLS) || topic.equals(Topics.HEALTH);
  }
}
