// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

import dev.sluice.schemas.Bucket;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The buckets of one key in {@code [startUs, endUs)}, in time order, empty ones included. For a
 * symbol or an arm one start may have several buckets; they count together.
 *
 * @param notBeforeUs end of the warm-up of the running process, event time; 0 when unknown
 */
public record WindowView(
    long startUs, long endUs, long bucketMs, long notBeforeUs, List<Bucket> buckets) {

  /** Length in milliseconds. */
  public long windowMs() {
    return (endUs - startUs) / 1000;
  }

  /** Starts with data. */
  public long covered() {
    long covered = 0;
    long lastStartUs = Long.MIN_VALUE;
    for (Bucket bucket : buckets) {
      if (bucket.events() > 0 && bucket.startUs() != lastStartUs) {
        covered++;
        lastStartUs = bucket.startUs();
      }
    }
    return covered;
  }

  /** Starts with data / starts in the window, 0..1. */
  public double coverageRatio() {
    return (double) covered() * bucketMs / windowMs();
  }

  /** Sum of one count over the window. */
  public long sum(ToLongFunction<Bucket> count) {
    long sum = 0;
    for (Bucket bucket : buckets) {
      sum += count.applyAsLong(bucket);
    }
    return sum;
  }

  /** The newest bucket, null when there is none. */
  public Bucket newest() {
    return buckets.isEmpty() ? null : buckets.get(buckets.size() - 1);
  }

  /** The part of this window made of one start only. */
  public WindowView only(List<Bucket> ofOneStart) {
    long atUs = ofOneStart.get(0).startUs();
    return new WindowView(atUs, atUs + bucketMs * 1000, bucketMs, notBeforeUs, ofOneStart);
  }
}
