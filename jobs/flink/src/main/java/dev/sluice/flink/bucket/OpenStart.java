// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.rules.bucket.MidSeries;
import dev.sluice.rules.bucket.PendingFill;
import dev.sluice.schemas.Bucket;

/** What is known of one engine's buckets with one start, while they are open. Nobody changes it. */
public record OpenStart(Bucket[] parts, MidSeries[] mids, PendingFill[] fills) {
  static final OpenStart EMPTY = new OpenStart(new Bucket[0], new MidSeries[0], new PendingFill[0]);
}
