// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.rules.bucket.PendingFill;
import dev.sluice.rules.bucket.Punctuation;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Source;

/**
 * What the operator beside the source learned of one engine since its last word: parts of buckets,
 * and how far it has read. One record, so that progress can never overtake the data it speaks of.
 * Nobody changes the arrays.
 *
 * @param parts parts of buckets; start 0 for findings that have no time
 * @param source provenance of the last event, null when there was none
 * @param firstEventUs first and last event time in it, 0 when there was no event
 * @param newestIngestUs newest Kafka append time of a record of the engine itself, 0 for none
 * @param venueClockUs the venue's clock for this engine, 0 when it did not speak
 */
public record EngineUpdate(
    String engineId,
    Bucket[] parts,
    BucketMids[] mids,
    PendingFill[] fills,
    StreamSeen[] seen,
    Punctuation[] punctuations,
    Resolution[] resolutions,
    Suspect[] suspects,
    @Nullable Source source,
    long firstEventUs,
    long lastEventUs,
    long newestIngestUs,
    long venueClockUs,
    long venueIngestUs) {

  /** Says nothing but that the engine is expected. */
  static EngineUpdate expected(String engineId) {
    return new EngineUpdate(
        engineId,
        new Bucket[0],
        new BucketMids[0],
        new PendingFill[0],
        new StreamSeen[0],
        new Punctuation[0],
        new Resolution[0],
        new Suspect[0],
        null,
        0,
        0,
        0,
        0,
        0);
  }
}
