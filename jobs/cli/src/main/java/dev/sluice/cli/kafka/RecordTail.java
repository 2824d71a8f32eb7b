// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.kafka;

import dev.sluice.engine.kafka.KafkaAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads whole topics without a consumer group: from their beginning or from their end, up to what
 * was there at the start or on and on. One thread.
 */
public final class RecordTail implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private Map<TopicPartition, Long> ends;

  /** Where reading starts. */
  public enum From {
    BEGINNING,
    END
  }

  /**
   * Connects and positions.
   *
   * @throws IllegalStateException when a topic does not exist
   * @throws org.apache.kafka.common.errors.TimeoutException when no broker answers
   */
  public RecordTail(String bootstrap, Collection<String> topics, From from) {
    this(KafkaAccess.plain(bootstrap), topics, from);
  }

  /**
   * Connects and positions.
   *
   * @throws IllegalStateException when a topic does not exist
   * @throws org.apache.kafka.common.errors.TimeoutException when no broker answers
   */
  public RecordTail(KafkaAccess kafka, Collection<String> topics, From from) {
    consumer =
        new KafkaConsumer<>(
            kafka.client(
                Map.of(
                    "fetch.min.bytes",
                    1,
                    "fetch.max.wait.ms",
                    100,
                    "max.poll.records",
                    5_000,
                    "default.api.timeout.ms",
                    (int) TIMEOUT.toMillis())),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    try {
      position(topics, from);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /**
   * Connects and positions at the first record that the broker took within so long.
   *
   * @throws IllegalStateException when a topic does not exist
   * @throws org.apache.kafka.common.errors.TimeoutException when no broker answers
   */
  public RecordTail(KafkaAccess kafka, Collection<String> topics, Duration back) {
    this(kafka, topics, From.END);
    long sinceMs = System.currentTimeMillis() - back.toMillis();
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, sinceMs));
    consumer
        .offsetsForTimes(times, TIMEOUT)
        .forEach(
            (partition, found) -> {
              if (found != null) {
                consumer.seek(partition, found.offset());
              }
            });
  }

  private void position(Collection<String> topics, From from) {
    for (String topic : topics) {
      List<PartitionInfo> infos = consumer.partitionsFor(topic, TIMEOUT);
      if (infos == null || infos.isEmpty()) {
        throw new IllegalStateException("topic " + topic + " does not exist");
      }
      infos.forEach(i -> partitions.add(new TopicPartition(i.topic(), i.partition())));
    }
    consumer.assign(partitions);
    ends = consumer.endOffsets(partitions, TIMEOUT);
    if (from == From.BEGINNING) {
      consumer.seekToBeginning(partitions);
    } else {
      ends.forEach(consumer::seek);
    }
  }

  /** Hands on what has arrived, waiting for at most {@code timeout}; returns how many records. */
  public int poll(Duration timeout, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
    records.forEach(handler);
    return records.count();
  }

  /** True once everything that was there when this was opened has been handed on. */
  public boolean caughtUp() {
    return partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p));
  }

  /**
   * Hands on everything that was there when this was opened.
   *
   * @throws IllegalStateException when the broker stops answering
   */
  public void drain(Consumer<ConsumerRecord<byte[], byte[]>> handler) {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!caughtUp()) {
      if (poll(Duration.ofMillis(200), handler) > 0) {
        deadline = System.nanoTime() + TIMEOUT.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no records for " + TIMEOUT.toSeconds() + " s");
      }
    }
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
