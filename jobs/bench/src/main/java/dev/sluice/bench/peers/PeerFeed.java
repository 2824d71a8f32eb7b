// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The ticks that are asked about, in the order of their event times, by chance but seeded: about
 * one in twenty misses its deadline and one lookup in five misses the cache, which is where the
 * {@link Question}'s limits are. Heartbeats at each bucket's start, as our job closes buckets by
 * them.
 */
public final class PeerFeed {
  /** Engines that publish. */
  public static final int ENGINES = 10;

  /** Event time of the first tick, epoch microseconds. */
  public static final long START_US = 1_767_571_200_000_000L;

  private static final int TICKS_PER_SECOND = 50;
  private static final double DEADLINE_MS = 11.7;
  private static final long STAGGER_US = 137;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Random random = new Random(42);
  private final long[] seq = new long[ENGINES];
  private final long[] healthSeq = new long[ENGINES];

  private PeerFeed(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** Ticks in a bucket of all engines. */
  public static long ticksPerBucket() {
    return ENGINES * TICKS_PER_SECOND * Question.BUCKET_US / 1_000_000;
  }

  /** All engines. */
  public static List<String> names() {
    return IntStream.range(0, ENGINES).mapToObj(PeerFeed::name).toList();
  }

  /** Publishes whole buckets; the topics must be there, empty, of one partition each. */
  public static void fill(String bootstrap, long buckets) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", bootstrap, "linger.ms", 20, "batch.size", 512 * 1024, "acks", "1");
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      PeerFeed feed = new PeerFeed(producer);
      for (long bucket = 0; bucket < buckets; bucket++) {
        feed.bucket(START_US + bucket * Question.BUCKET_US);
      }
      feed.heartbeats(START_US + buckets * Question.BUCKET_US);
      producer.flush();
    }
  }

  private void bucket(long startUs) {
    heartbeats(startUs);
    long stepUs = 1_000_000 / TICKS_PER_SECOND;
    for (long atUs = startUs; atUs < startUs + Question.BUCKET_US; atUs += stepUs) {
      for (int engine = 0; engine < ENGINES; engine++) {
        send(Topics.TICKS, engine, Json.write(tick(engine, atUs + engine * STAGGER_US)));
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

  private static String name(int engine) {
    return "peer-mm-" + engine;
  }

  private Tick tick(int engine, long atUs) {
    double mid = 61_000 + random.nextInt(200_000) / 100.0;
    double fetch = round(Math.exp(random.nextGaussian() * 0.4 + 1.5));
    double spread = round(0.4 + random.nextDouble());
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
        round(fetch + spread + 2.1),
        DEADLINE_MS,
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
}
