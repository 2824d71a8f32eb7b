// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Verdicts and decisions from where the consumer group stands, or from the beginning. All
 * partitions belong to this process. One thread.
 */
final class VerdictReader implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;
  private final boolean firstStart;
  private Map<TopicPartition, OffsetAndMetadata> committed = Map.of();

  /**
   * Connects and positions.
   *
   * @throws IllegalStateException when a topic does not exist
   */
  VerdictReader(KafkaAccess kafka, String group) {
    consumer =
        new KafkaConsumer<>(
            kafka.client(
                Map.of(
                    "group.id",
                    group,
                    "enable.auto.commit",
                    false,
                    "auto.offset.reset",
                    "earliest",
                    "fetch.max.wait.ms",
                    100,
                    "max.poll.records",
                    1_000,
                    "default.api.timeout.ms",
                    (int) TIMEOUT.toMillis())),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    try {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : List.of(Topics.VERDICTS, Topics.CONTROL)) {
        List<PartitionInfo> infos = consumer.partitionsFor(topic, TIMEOUT);
        if (infos == null || infos.isEmpty()) {
          throw new IllegalStateException("topic " + topic + " does not exist");
        }
        infos.forEach(i -> partitions.add(new TopicPartition(i.topic(), i.partition())));
      }
      consumer.assign(partitions);
      ends = consumer.endOffsets(partitions, TIMEOUT);
      firstStart =
          consumer.committed(new HashSet<>(partitions)).values().stream()
              .noneMatch(Objects::nonNull);
    } catch (RuntimeException e) {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      throw e;
    }
  }

  /** Whether this group never committed a position. */
  boolean firstStart() {
    return firstStart;
  }

  /** Hands on what has come. */
  void poll(Consumer<ConsumerRecord<byte[], byte[]>> handler) {
    consumer
        .poll(POLL)
        .forEach(
            record -> {
              if (record.value() != null) {
                handler.accept(record);
              }
            });
  }

  /** True once everything that was there at the start has been handed on. */
  boolean caughtUp() {
    return ends.entrySet().stream().allMatch(end -> position(end.getKey()) >= end.getValue());
  }

  /** Keeps the position of what was handed on. */
  void commit() {
    Map<TopicPartition, OffsetAndMetadata> now = new HashMap<>();
    ends.keySet().forEach(p -> now.put(p, new OffsetAndMetadata(position(p))));
    if (!now.equals(committed)) {
      consumer.commitSync(now, TIMEOUT);
      committed = now;
    }
  }

  private long position(TopicPartition partition) {
    return consumer.position(partition, TIMEOUT);
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
