// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills the order streams of ten healthy engines of their own, and both books of each. */
final class OrderFeed {
  static final int ENGINES = 10;
  static final long START_US = 1_767_571_200_000_000L;

  /** From one heartbeat, and one pair of ledgers, to the next. */
  static final long PERIOD_S = 10;

  /** Records of one engine and one period. */
  static final long PER_PERIOD = OrderBooks.PER_SECOND * PERIOD_S + 3;

  private final KafkaProducer<byte[], byte[]> producer;
  private final List<OrderBooks> engines = new ArrayList<>();
  private final long[] healthSeq = new long[ENGINES];

  private OrderFeed(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
    for (int engine = 0; engine < ENGINES; engine++) {
      byte[] key = name(engine).getBytes(UTF_8);
      engines.add(
          new OrderBooks(
              name(engine),
              message ->
                  producer.send(new ProducerRecord<>(topicOf(message), key, Json.write(message)))));
    }
  }

  /**
   * Publishes at least this many records, whole periods.
   *
   * @return the exact number
   */
  static long fill(String bootstrap, long records) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", bootstrap, "linger.ms", 20, "batch.size", 512 * 1024, "acks", "1");
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      OrderFeed feed = new OrderFeed(producer);
      long periods = (records + ENGINES * PER_PERIOD - 1) / (ENGINES * PER_PERIOD);
      for (long period = 0; period < periods; period++) {
        feed.period(START_US + period * PERIOD_S * 1_000_000);
      }
      producer.flush();
      return periods * ENGINES * PER_PERIOD;
    }
  }

  /** All engines. */
  static List<String> names() {
    return IntStream.range(0, ENGINES).mapToObj(OrderFeed::name).toList();
  }

  /** Records of each engine within {@link #PERIOD_S}. */
  static Map<String, Long> perPeriod() {
    Map<String, Long> records = new HashMap<>();
    names().forEach(name -> records.put(name, PER_PERIOD));
    return records;
  }

  private static String name(int engine) {
    return "bench-om-" + engine;
  }

  private void period(long startUs) {
    long endUs = startUs + PERIOD_S * 1_000_000;
    for (long atUs = startUs; atUs < endUs; atUs += 1_000_000) {
      for (OrderBooks engine : engines) {
        engine.second(atUs);
      }
    }
    for (int engine = 0; engine < ENGINES; engine++) {
      engines.get(engine).ledgers(endUs);
      Health health = health(engine, endUs);
      producer.send(
          new ProducerRecord<>(Topics.HEALTH, name(engine).getBytes(UTF_8), Json.write(health)));
    }
  }

  private static String topicOf(Record message) {
    if (message instanceof Order) {
      return Topics.ORDERS;
    } else if (message instanceof Fill) {
      return Topics.FILLS;
    } else if (message instanceof DropCopy) {
      return Topics.DROPCOPY;
    } else if (message instanceof Ledger) {
      return Topics.LEDGER;
    }
    throw new IllegalArgumentException("no topic for " + message.getClass());
  }

  private Health health(int engine, long atUs) {
    OrderBooks books = engines.get(engine);
    return new Health(
        Health.SCHEMA,
        name(engine),
        books.run(),
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
        0,
        100_000,
        0,
        0,
        100_000,
        Mode.RUN,
        1,
        9_000,
        0,
        books.sent(),
        null,
        null);
  }
}
