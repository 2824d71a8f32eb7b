// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What one thread and a Kafka consumer can do with the order streams: each record read whole, the
 * newest state of each open order, each fill matched with the venue's, positions of both sides
 * added up. No order among the streams, no identities, no rules, no state that survives.
 */
final class PlainBooks {
  /** The topics read; the same that the sequence of the jobs reads. */
  static final List<String> TOPICS =
      List.of(Topics.ORDERS, Topics.FILLS, Topics.DROPCOPY, Topics.LEDGER, Topics.HEALTH);

  private static final Duration POLL = Duration.ofMillis(500);

  private final Map<String, BigDecimal> open = new HashMap<>();
  private final Map<String, BigDecimal> unmatched = new HashMap<>();
  private final Map<String, BigDecimal> positions = new HashMap<>();
  private long agreed;

  /**
   * Reads the topics from their beginning.
   *
   * @param records as many
   * @return events per second, wall and processor
   */
  static Rate run(String bootstrap, long records) throws MalformedException {
    return new PlainBooks().pass(bootstrap, records);
  }

  private Rate pass(String bootstrap, long records) throws MalformedException {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrap, "max.poll.records", 2_000);
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          TOPICS.stream().map(topic -> new TopicPartition(topic, 0)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      RateMeter meter = new RateMeter(records);
      long done = 0;
      while (!meter.at(done)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          add(record);
          done++;
        }
      }
      if (agreed == 0) {
        throw new IllegalStateException("no two fills matched");
      }
      return meter.rate();
    }
  }

  private void add(ConsumerRecord<byte[], byte[]> record) throws MalformedException {
    switch (record.topic()) {
      case Topics.ORDERS -> order(Json.read(record.value(), Order.class));
      case Topics.FILLS -> fill(Json.read(record.value(), Fill.class));
      case Topics.DROPCOPY -> dropCopy(Json.read(record.value(), DropCopy.class));
      case Topics.LEDGER -> Json.read(record.value(), Ledger.class);
      default -> Json.read(record.value(), Health.class);
    }
  }

  private void order(Order order) {
    switch (order.state()) {
      case FILLED, CANCELLED, REJECTED, EXPIRED -> open.remove(order.clientOrderId());
      case INTENDED, SUBMITTED, ACKED, PARTIALLY_FILLED, CANCEL_REQUESTED, UNKNOWN ->
          open.put(order.clientOrderId(), order.cumQty());
    }
  }

  private void fill(Fill fill) {
    positions.merge(
        fill.engineId() + fill.symbol(),
        fill.qty().multiply(BigDecimal.valueOf(fill.side().sign())),
        BigDecimal::add);
    match(fill.fillId(), fill.qty());
  }

  private void dropCopy(DropCopy copy) {
    if (copy.fillId() != null) {
      positions.merge(
          copy.account() + copy.symbol(),
          copy.lastQty().multiply(BigDecimal.valueOf(copy.side().sign())),
          BigDecimal::add);
      match(copy.fillId(), copy.lastQty());
    }
  }

  private void match(String fillId, BigDecimal qty) {
    BigDecimal other = unmatched.remove(fillId);
    if (other == null) {
      unmatched.put(fillId, qty);
    } else if (other.compareTo(qty) == 0) {
      agreed++;
    }
  }
}
