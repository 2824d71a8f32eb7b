// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.input;

import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows which buckets the judge has closed. One thread. */
final class BucketFollower implements AutoCloseable {
  private static final Duration CLOSED = Duration.ofSeconds(90);

  private final DrillStage stage;
  private final RecordTail tail;
  private final Map<String, Long> newestUs = new HashMap<>();

  BucketFollower(DrillStage stage) {
    this.stage = stage;
    tail = new RecordTail(stage.bootstrap(), List.of(Topics.BUCKETS), RecordTail.From.BEGINNING);
  }

  /** Waits until the buckets of these engines that begin at a time have been closed. */
  void await(List<String> engineIds, long startUs) throws InterruptedException {
    stage.await(
        "the bucket of " + String.join(" and ", engineIds),
        CLOSED,
        () -> {
          if (!closed(engineIds, startUs)) {
            tail.poll(Duration.ofMillis(20), record -> heard(record.value()));
          }
          return closed(engineIds, startUs);
        });
  }

  private boolean closed(List<String> engineIds, long startUs) {
    return engineIds.stream()
        .allMatch(engine -> newestUs.getOrDefault(engine, Long.MIN_VALUE) >= startUs);
  }

  private void heard(byte[] value) {
    try {
      Bucket bucket = Json.read(value, Bucket.class);
      newestUs.merge(bucket.engineId(), bucket.startUs(), Math::max);
    } catch (MalformedException e) {
      throw new IllegalStateException("a bucket cannot be read", e);
    }
  }

  @Override
  public void close() {
    tail.close();
  }
}
