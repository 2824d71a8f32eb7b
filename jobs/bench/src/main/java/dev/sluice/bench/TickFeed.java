// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.SentCounts;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Stages;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Fills the ticks and health topics with what ten healthy engines publish, by chance but seeded.
 */
final class TickFeed {
  static final int ENGINES = 10;
  static final int TICKS_PER_SECOND = 50;
  private static final long START_US = 1_767_571_200_000_000L;
  private static final long BUCKET_S = 10;
  private static final short REPLICATION = 1;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Random random = new Random(42);
  private final long[] seq = new long[ENGINES];
  private final long[] healthSeq = new long[ENGINES];

  private TickFeed(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * Publishes at least this many ticks, whole buckets.
   *
   * @return the exact number
   */
  static long fill(String bootstrap, long ticks) throws Exception {
    createTopics(bootstrap);
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", bootstrap, "linger.ms", 20, "batch.size", 512 * 1024, "acks", "1");
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      TickFeed feed = new TickFeed(producer);
      long perBucket = ENGINES * TICKS_PER_SECOND * BUCKET_S;
      long buckets = (ticks + perBucket - 1) / perBucket;
      for (long bucket = 0; bucket < buckets; bucket++) {
        feed.bucket(START_US + bucket * BUCKET_S * 1_000_000);
      }
      feed.heartbeats(START_US + buckets * BUCKET_S * 1_000_000);
      producer.flush();
      return buckets * perBucket;
    }
  }

  private void bucket(long startUs) {
    heartbeats(startUs);
    long stepUs = 1_000_000 / TICKS_PER_SECOND;
    for (long atUs = startUs; atUs < startUs + BUCKET_S * 1_000_000; atUs += stepUs) {
      for (int engine = 0; engine < ENGINES; engine++) {
        send(Topics.TICKS, engine, Json.write(tick(engine, atUs + engine * 137L)));
      }
    }
  }

  private void heartbeats(long atUs) {
    for (int engine = 0; engine < ENGINES; engine++) {
      send(Topics.HEALTH, engine, Json.write(health(engine, atUs)));
    }
  }

  private void send(String topic, int engine, byte[] value) {
    producer.send(new ProducerRecord<>(topic, name(engine).getBytes(UTF_8), value));
  }

  /** All engines. */
  static List<String> names() {
    return IntStream.range(0, ENGINES).mapToObj(TickFeed::name).toList();
  }

  /** Ticks of each engine within {@link OrderFeed#PERIOD_S}. */
  static Map<String, Long> perPeriod() {
    Map<String, Long> ticks = new HashMap<>();
    names().forEach(name -> ticks.put(name, TICKS_PER_SECOND * OrderFeed.PERIOD_S));
    return ticks;
  }

  static String name(int engine) {
    return "bench-mm-" + engine;
  }

  private Tick tick(int engine, long atUs) {
    double mid = 61_000 + random.nextInt(200_000) / 100.0;
    double fetch = round(Math.exp(random.nextGaussian() * 0.4 + 1.5));
    double spread = round(0.4 + random.nextDouble());
    double total = round(fetch + spread + 2.1);
    return new Tick(
        Tick.SCHEMA,
        name(engine),
        name(engine) + "-run-1",
        ++seq[engine],
        atUs,
        Source.SIMULATED,
        "BTCUSDT",
        null,
        null,
        mid,
        mid + 0.01,
        random.nextInt(500_000) / 1e5,
        random.nextInt(500_000) / 1e5,
        new Stages(fetch, spread, 0.31, 0.22, 0.43, 1.14),
        total,
        150.0,
        random.nextInt(10) > 1,
        round(random.nextDouble() * 50),
        random.nextInt(50) == 0,
        null,
        null,
        null,
        null);
  }

  private static double round(double ms) {
    return Math.round(ms * 1_000) / 1_000.0;
  }

  private Health health(int engine, long atUs) {
    return new Health(
        Health.SCHEMA,
        name(engine),
        name(engine) + "-run-1",
        ++healthSeq[engine],
        atUs,
        Source.SIMULATED,
        "bench",
        "none",
        START_US,
        400_000_000L,
        90_000_000L,
        10,
        BreakerState.CLOSED,
        START_US,
        0,
        0,
        0,
        0,
        0,
        0,
        2,
        100_000,
        0,
        0,
        100_000,
        Mode.RUN,
        1,
        9_000,
        0,
        new SentCounts(seq[engine], 0, 0, null),
        null,
        null);
  }

  private static void createTopics(String bootstrap) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      List<NewTopic> topics = new ArrayList<>();
      for (String name :
          List.of(Topics.TICKS, Topics.ORDERS, Topics.FILLS, Topics.HEALTH, Topics.LEDGER)) {
        topics.add(new NewTopic(name, 1, REPLICATION).configs(Map.of("retention.ms", "-1")));
      }
      for (var created : admin.createTopics(topics).values().values()) {
        try {
          created.get();
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw e;
          }
        }
      }
    }
  }
}
