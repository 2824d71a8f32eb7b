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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Ticks and heartbeats of any number of healthy engines, each of one symbol, all in step: a start
 * is one heartbeat of each engine, then ten seconds of their ticks in turn. By chance but seeded.
 * One thread.
 */
public final class HealthyEngines implements AutoCloseable {
  static final long BUCKET_S = 10;
  private static final double DEADLINE_MS = 150.0;

  /** Event time of the first start, epoch microseconds. */
  public static final long START_US = 1_767_571_200_000_000L;

  private final KafkaProducer<byte[], byte[]> producer;
  private final List<String> names;
  private final int ticksPerStart;
  private final double deadlineMs;
  private final byte[][] keys;
  private final long[] healthSeq;
  private final Random random = new Random(42);
  private long starts;

  /**
   * None of their ticks misses its deadline.
   *
   * @param prefix of their names
   * @param ticksPerStart of each engine, in ten seconds of event time
   */
  HealthyEngines(String bootstrap, String prefix, int engines, int ticksPerStart) {
    this(bootstrap, prefix, engines, ticksPerStart, DEADLINE_MS);
  }

  /**
   * @param prefix of their names
   * @param ticksPerStart of each engine, in ten seconds of event time
   * @param deadlineMs of each tick; with 12 about one in twenty misses it
   */
  public HealthyEngines(
      String bootstrap, String prefix, int engines, int ticksPerStart, double deadlineMs) {
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "linger.ms",
                20,
                "batch.size",
                512 * 1024,
                "acks",
                "1"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.names = names(prefix, engines);
    this.ticksPerStart = ticksPerStart;
    this.deadlineMs = deadlineMs;
    this.keys = names.stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    this.healthSeq = new long[engines];
  }

  /** The names of so many engines. */
  public static List<String> names(String prefix, int engines) {
    return IntStream.range(0, engines).mapToObj(engine -> prefix + engine).toList();
  }

  /** Ticks of one start of all engines. */
  public long ticksPerStart() {
    return (long) names.size() * ticksPerStart;
  }

  /** One more ten seconds; it closes with the next one's heartbeats, or with {@link #end()}. */
  public void start() {
    long startUs = START_US + starts * BUCKET_S * 1_000_000;
    heartbeats(startUs);
    long stepUs = BUCKET_S * 1_000_000 / ticksPerStart;
    for (int tick = 0; tick < ticksPerStart; tick++) {
      long seq = starts * ticksPerStart + tick + 1;
      for (int engine = 0; engine < names.size(); engine++) {
        send(Topics.TICKS, engine, tick(engine, seq, startUs + tick * stepUs + engine % stepUs));
      }
    }
    starts++;
  }

  /** Closes the last start and waits until everything is written. */
  public void end() {
    heartbeats(START_US + starts * BUCKET_S * 1_000_000);
    producer.flush();
  }

  /** Waits until everything is written. */
  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }

  private void heartbeats(long atUs) {
    for (int engine = 0; engine < names.size(); engine++) {
      send(Topics.HEALTH, engine, health(engine, atUs));
    }
  }

  private void send(String topic, int engine, Record message) {
    producer.send(new ProducerRecord<>(topic, keys[engine], Json.write(message)));
  }

  private Tick tick(int engine, long seq, long atUs) {
    double mid = 61_000 + random.nextInt(200_000) / 100.0;
    double fetch = round(Math.exp(random.nextGaussian() * 0.4 + 1.5));
    double spread = round(0.4 + random.nextDouble());
    return new Tick(
        Tick.SCHEMA,
        names.get(engine),
        names.get(engine) + "-run-1",
        seq,
        atUs,
        Source.SIMULATED,
        "BTCUSDT",
        null,
        null,
        mid,
        Math.round(mid * 100 + 1) / 100.0,
        random.nextInt(500_000) / 1e5,
        random.nextInt(500_000) / 1e5,
        new Stages(fetch, spread, 0.31, 0.22, 0.43, 1.14),
        round(fetch + spread + 2.1),
        deadlineMs,
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
        names.get(engine),
        names.get(engine) + "-run-1",
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
        new SentCounts(starts * ticksPerStart, 0, 0, null),
        null,
        null);
  }
}
