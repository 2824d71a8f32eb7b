// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.rules.bucket.MidSeries;
import dev.sluice.rules.bucket.PendingFill;
import dev.sluice.rules.bucket.Punctuation;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Nullable;

/**
 * A record whose time jumped too far ahead to be believed at once: all it would add if it is
 * confirmed, and its dead letter if it is not.
 *
 * @param stream index of the EngineStream
 * @param blameUs event time of the bucket that counts it as quarantined, 0 when unknown
 */
public record Suspect(
    int stream,
    String runId,
    long seq,
    long eventTimeUs,
    long blameUs,
    Bucket part,
    @Nullable MidSeries mid,
    @Nullable PendingFill fill,
    @Nullable Punctuation punctuation,
    DeadLetter letter) {}
