// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks where partitions end. Called by one thread; answers come by others. */
interface Ends extends AutoCloseable {
  /**
   * Where these partitions ended after the clock had shown a time.
   *
   * @param offsets of the record to be stored next
   */
  record Answer(Map<TopicPartition, Long> offsets, long askedAtMs) {}

  /** Asks, after this many milliseconds; the answer comes when the broker can be reached. */
  CompletableFuture<Answer> ask(List<TopicPartition> partitions, long delayMs);

  /** Done after this many milliseconds. */
  CompletableFuture<Void> after(long delayMs);

  @Override
  void close();
}
