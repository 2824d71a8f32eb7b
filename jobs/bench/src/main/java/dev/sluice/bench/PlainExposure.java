// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import dev.sluice.schemas.codec.TickReader;
import dev.sluice.schemas.codec.TickView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What one thread and a Kafka consumer can do with the portfolio: the newest mid per symbol and
 * engine, the position after each fill, and both exposures summed over all engines at each tick and
 * fill. No checks, no silence, no PnL, no state that survives.
 */
final class PlainExposure {
  /** The topics read; the same that portfolio risk reads. */
  static final List<String> TOPICS = List.of(Topics.TICKS, Topics.FILLS, Topics.HEALTH);

  private static final Duration POLL = Duration.ofMillis(500);

  private static final class Holding {
    double qty;
    double mid;
  }

  private final TickReader reader = new TickReader();
  private final TickView tick = new TickView();
  private final Map<String, Holding> holdings = new HashMap<>();
  private double highestGross;
  private double highestNet;

  /**
   * Reads the topics from their beginning.
   *
   * @param ticks as many; the other records are read along and not counted
   * @return ticks per second, wall and processor
   */
  static Rate run(String bootstrap, long ticks) throws MalformedException {
    return new PlainExposure().pass(bootstrap, ticks);
  }

  private Rate pass(String bootstrap, long ticks) throws MalformedException {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrap, "max.poll.records", 2_000);
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          TOPICS.stream().map(topic -> new TopicPartition(topic, 0)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      RateMeter meter = new RateMeter(ticks);
      long done = 0;
      while (!meter.at(done)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          done += add(record);
        }
      }
      if (highestGross == 0 || highestGross < highestNet) {
        throw new IllegalStateException("gross " + highestGross + ", net " + highestNet);
      }
      return meter.rate();
    }
  }

  private int add(ConsumerRecord<byte[], byte[]> record) throws MalformedException {
    switch (record.topic()) {
      case Topics.TICKS -> {
        reader.read(record.value(), tick);
        holding(tick.engineId).mid = (tick.bid + tick.ask) / 2;
        expose();
        return 1;
      }
      case Topics.FILLS -> {
        Fill fill = Json.read(record.value(), Fill.class);
        Holding holding = holding(fill.engineId());
        holding.qty = fill.positionAfter().doubleValue();
        holding.mid = fill.price().doubleValue();
        expose();
      }
      case Topics.HEALTH -> Json.read(record.value(), Health.class);
      default -> throw new IllegalStateException(record.topic());
    }
    return 0;
  }

  private Holding holding(String engineId) {
    Holding holding = holdings.get(engineId);
    if (holding == null) {
      holding = new Holding();
      holdings.put(engineId, holding); // the feed has one symbol for each engine
    }
    return holding;
  }

  private void expose() {
    double net = 0;
    double gross = 0;
    for (Holding each : holdings.values()) {
      double exposure = each.qty * each.mid;
      net += exposure;
      gross += Math.abs(exposure);
    }
    highestNet = Math.max(highestNet, Math.abs(net));
    highestGross = Math.max(highestGross, gross);
  }
}
