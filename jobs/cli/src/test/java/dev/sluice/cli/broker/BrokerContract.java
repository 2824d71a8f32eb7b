// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What Sluice needs of a broker, whichever it is. */
abstract class BrokerContract {
  private static final int TEN_MEGABYTES = 10_000_000;

  /** {@code host:port} of the broker under test. */
  abstract String bootstrap();

  @Test
  void createsEveryTopicOnceAndListsThemWithTheirCleanup() {
    try (TopicsAdmin topics = new TopicsAdmin(bootstrap())) {
      topics.create(1, (short) 1);
      assertThat(topics.create(1, (short) 1)).as("a second time").isEmpty();
      assertThat(topics.list())
          .extracting(TopicsAdmin.TopicState::name)
          .containsExactlyElementsOf(Topics.ALL.stream().map(Topics.Spec::name).toList());
      assertThat(topics.list())
          .filteredOn(TopicsAdmin.TopicState::compacted)
          .extracting(TopicsAdmin.TopicState::name)
          .containsExactly(Topics.CONTROL, Topics.LEASES, Topics.CRITERIA, Topics.CRITERIA_ACKS);
    }
  }

  @Test
  void stampsRecordsWithItsOwnClockHoweverOldTheyClaimToBe() throws Exception {
    createTopics();
    long before = System.currentTimeMillis();
    long offset = send(Topics.HEALTH, "mm-1", "old".getBytes(StandardCharsets.UTF_8), 1_000L);
    ConsumerRecord<byte[], byte[]> read = readFrom(Topics.HEALTH, offset);
    assertThat(read.timestamp()).isBetween(before - 5_000, System.currentTimeMillis() + 5_000);
    assertThat(read.value()).isEqualTo("old".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void carriesARecordOfTenMegabytes() throws Exception {
    createTopics();
    byte[] big = new byte[TEN_MEGABYTES];
    big[TEN_MEGABYTES - 1] = 7;
    long offset = send(Topics.TICKS, "mm-1", big, null);
    assertThat(readFrom(Topics.TICKS, offset).value()).isEqualTo(big);
  }

  @Test
  void keepsTheOrderOfOneKey() throws Exception {
    createTopics();
    List<Long> offsets = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      offsets.add(send(Topics.ACKS, "mm-1", new byte[] {(byte) i}, null));
    }
    assertThat(offsets).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void countsTheRecordsOfATopic() throws Exception {
    createTopics();
    try (TopicsAdmin topics = new TopicsAdmin(bootstrap())) {
      long before = topics.records(Topics.ORDERS, 1);
      send(Topics.ORDERS, "mm-1", new byte[] {1}, null);
      send(Topics.ORDERS, "mm-1", new byte[] {2}, null);
      assertThat(topics.records(Topics.ORDERS, 1)).isEqualTo(before + 2);
    }
  }

  private void createTopics() {
    try (TopicsAdmin topics = new TopicsAdmin(bootstrap())) {
      topics.create(1, (short) 1);
    }
  }

  long send(String topic, String key, byte[] value, Long timestampMs)
      throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      return producer
          .send(
              new ProducerRecord<>(
                  topic, 0, timestampMs, key.getBytes(StandardCharsets.UTF_8), value))
          .get(20, TimeUnit.SECONDS)
          .offset();
    }
  }

  void refusesAnUnknownTopic() {
    assertThatThrownBy(() -> send("no-such-topic", "k", new byte[0], null))
        .hasCauseInstanceOf(TimeoutException.class);
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            bootstrap(),
            "max.request.size",
            TEN_MEGABYTES + 1024 * 1024,
            "buffer.memory",
            64L * 1024 * 1024,
            "max.block.ms",
            5_000),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  ConsumerRecord<byte[], byte[]> readFrom(String topic, long offset) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seek(partition, offset);
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          return record;
        }
      }
      throw new AssertionError("nothing at offset " + offset + " of " + topic);
    }
  }
}
