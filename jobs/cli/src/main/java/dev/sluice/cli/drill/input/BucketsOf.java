// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.input;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What the judge has made of another engine: its buckets, on their topic and stored. */
final class BucketsOf {
  private static final Duration CLOSED = Duration.ofSeconds(60);

  private BucketsOf() {}

  /** Waits until the engine's bucket that begins at a time has been closed. */
  static void await(DrillStage stage, String engineId, long startUs) throws InterruptedException {
    AtomicLong newestUs = new AtomicLong(Long.MIN_VALUE);
    try (RecordTail tail =
        new RecordTail(stage.bootstrap(), List.of(Topics.BUCKETS), RecordTail.From.BEGINNING)) {
      stage.await(
          "the bucket of " + engineId,
          CLOSED,
          () -> {
            tail.poll(Duration.ofMillis(50), record -> newest(record.value(), engineId, newestUs));
            return newestUs.get() >= startUs;
          });
    }
  }

  private static void newest(byte[] value, String engineId, AtomicLong newestUs) {
    try {
      Bucket bucket = Json.read(value, Bucket.class);
      if (bucket.engineId().equals(engineId)) {
        newestUs.accumulateAndGet(bucket.startUs(), Math::max);
      }
    } catch (MalformedException e) {
      throw new IllegalStateException("a bucket cannot be read", e);
    }
  }

  /**
   * A sum over an engine's stored buckets.
   *
   * @param dataset {@code buckets} or {@code amendments}
   * @param whole of the buckets of the whole engine, else of those by symbol
   * @param expression SQL
   */
  static long sum(
      Datasets datasets, String dataset, String engineId, boolean whole, String expression) {
    return datasets.has(dataset)
        ? datasets.number(
            "SELECT sum("
                + expression
                + ") FROM "
                + dataset
                + " WHERE engine_id = "
                + Datasets.text(engineId)
                + (whole ? " AND symbol IS NULL AND arm IS NULL" : " AND symbol IS NOT NULL"))
        : 0;
  }
}
