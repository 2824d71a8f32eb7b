// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.SentCounts;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.SnapshotStatus;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Stages;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes what one engine and its venue would publish, topic by topic, numbered and timed. */
final class EngineScript {
  static final long START_US = 1_767_571_200_000_000L;
  static final String SYMBOL = "SIMUSDT";

  final Map<Kind, List<RawRecord>> topics = new EnumMap<>(Kind.class);
  private final String engineId;
  private final Random random;
  private Source source = Source.SIMULATED;
  private String runId;
  private long ticks;
  private long orders;
  private long fills;
  private long health;
  private long ledgers;
  private long ingestUs = START_US + 1_000_000_000_000L;

  enum Kind {
    TICK(Topics.TICKS),
    ORDER(Topics.ORDERS),
    FILL(Topics.FILLS),
    HEALTH(Topics.HEALTH),
    LEDGER(Topics.LEDGER);

    final String topic;

    Kind(String topic) {
      this.topic = topic;
    }
  }

  EngineScript(String engineId, long seed) {
    this.engineId = engineId;
    this.runId = engineId + "-run-1";
    this.random = new Random(seed);
    for (Kind kind : Kind.values()) {
      topics.put(kind, new ArrayList<>());
    }
  }

  EngineScript source(Source newSource) {
    source = newSource;
    return this;
  }

  /**
   * Seconds of trading at 2 ticks/s: heartbeat and ledger at each border, orders and fills between.
   */
  EngineScript trade(long fromSecond, long toSecond) {
    for (long second = fromSecond; second < toSecond; second++) {
      long us = START_US + second * 1_000_000;
      if (second % 10 == 0) {
        health(us);
        ledger(us);
      }
      tick(us);
      if (second % 3 == 0) {
        order(us + 100_000, OrderState.SUBMITTED, 0);
        order(us + 200_000, second % 2 == 0 ? OrderState.FILLED : OrderState.CANCELLED, second % 2);
      }
      if (second % 4 == 1) {
        fill(us + 300_000, second % 8 == 1 ? Liquidity.MAKER : Liquidity.TAKER);
      }
      tick(us + 500_000);
    }
    return this;
  }

  /** A new process: new run, numbers start anew. */
  EngineScript restart(String newRun) {
    runId = newRun;
    ticks = 0;
    orders = 0;
    fills = 0;
    health = 0;
    return this;
  }

  /** Lets time pass at the broker. */
  EngineScript waitMs(long ms) {
    ingestUs += ms * 1_000;
    return this;
  }

  Tick nextTick(long atUs) {
    double mid = 100 + random.nextInt(200) / 100.0;
    double total = 2 + random.nextInt(20_000) / 100.0;
    return new Tick(
        Tick.SCHEMA,
        engineId,
        runId,
        ++ticks,
        atUs,
        source,
        SYMBOL,
        null,
        null,
        mid - 0.01,
        mid + 0.01,
        1.5,
        2.5,
        new Stages(total / 2, total / 10, 0.1, 0.2, 0.3, 0.4),
        total,
        150.0,
        random.nextInt(4) > 0,
        5.0,
        random.nextInt(10) == 0,
        null,
        ticks % 9 == 0 ? null : ticks % 7 - 3.0,
        ticks % 3 * 0.4,
        ticks % 5 == 0 ? null : 1_000.5 + ticks);
  }

  EngineScript tick(long atUs) {
    return publish(Kind.TICK, Json.write(nextTick(atUs)));
  }

  /** A tick of a trial's arm. */
  EngineScript tick(long atUs, Arm arm) {
    ObjectNode tick = Json.mapper().valueToTree(nextTick(atUs));
    return publish(
        Kind.TICK, tick.put("arm", arm.name()).toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Ticks that are numbered but never arrive. */
  EngineScript loseTicks(int count) {
    ticks += count;
    return this;
  }

  EngineScript order(long atUs, OrderState state, long cumQty) {
    return publish(
        Kind.ORDER,
        Json.write(
            new Order(
                Order.SCHEMA,
                engineId,
                runId,
                ++orders,
                atUs,
                source,
                "i-" + orders,
                "c-" + orders,
                null,
                SYMBOL,
                null,
                null,
                Side.BUY,
                OrderType.LIMIT,
                Purpose.QUOTE,
                state,
                new BigDecimal("100.01"),
                new BigDecimal("1"),
                BigDecimal.valueOf(cumQty),
                atUs - 70_000,
                null,
                null,
                null,
                null,
                null,
                null)));
  }

  EngineScript fill(long atUs, Liquidity liquidity) {
    BigDecimal price = BigDecimal.valueOf(10_000 + random.nextInt(200), 2);
    return publish(
        Kind.FILL,
        Json.write(
            new Fill(
                Fill.SCHEMA,
                engineId,
                runId,
                ++fills,
                atUs,
                source,
                "f-" + fills,
                "i-" + fills,
                "c-" + fills,
                SYMBOL,
                null,
                null,
                random.nextBoolean() ? Side.BUY : Side.SELL,
                price,
                new BigDecimal("0.25"),
                liquidity,
                new BigDecimal("0.01"),
                "USDT",
                100.0,
                100.5,
                100.6,
                12.0,
                null,
                BigDecimal.ONE,
                atUs,
                null,
                null)));
  }

  EngineScript health(long atUs) {
    return health(atUs, new SentCounts(ticks, orders, fills, null));
  }

  EngineScript health(long atUs, SentCounts sent) {
    return publish(
        Kind.HEALTH,
        Json.write(
            new Health(
                Health.SCHEMA,
                engineId,
                runId,
                ++health,
                atUs,
                source,
                "build",
                "hash",
                START_US,
                400_000_000L + health * 1000,
                1,
                1,
                BreakerState.CLOSED,
                START_US,
                0,
                0,
                0,
                0,
                0,
                0,
                2,
                1000,
                1,
                2,
                1000,
                Mode.RUN,
                1,
                1,
                0,
                sent,
                null,
                null)));
  }

  EngineScript ledger(long atUs) {
    return publish(
        Kind.LEDGER,
        Json.write(
            new Ledger(
                Ledger.SCHEMA,
                engineId,
                "venue",
                ++ledgers,
                atUs,
                source,
                Book.VENUE,
                "a",
                atUs,
                SnapshotStatus.OK,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null)));
  }

  EngineScript publish(Kind kind, byte[] value) {
    List<RawRecord> topic = topics.get(kind);
    ingestUs += 10;
    topic.add(new RawRecord(kind.topic, 0, topic.size(), ingestUs, value));
    return this;
  }

  /** Sends the last record of a topic once more. */
  EngineScript repeatLast(Kind kind) {
    return publish(kind, topics.get(kind).get(topics.get(kind).size() - 1).value());
  }

  /** All records as they were appended. */
  List<RawRecord> asAppended() {
    List<RawRecord> all = new ArrayList<>();
    topics.values().forEach(all::addAll);
    all.sort(java.util.Comparator.comparingLong(RawRecord::ingestTimeUs));
    return all;
  }

  /** All records, each topic in its order, the topics mixed by chance in runs of random length. */
  static List<RawRecord> mixed(Random random, EngineScript... scripts) {
    List<List<RawRecord>> queues = new ArrayList<>();
    for (EngineScript script : scripts) {
      script.topics.values().forEach(topic -> queues.add(new ArrayList<>(topic)));
    }
    List<RawRecord> all = new ArrayList<>();
    int longest = 1 + random.nextInt(400);
    while (!queues.isEmpty()) {
      List<RawRecord> queue = queues.get(random.nextInt(queues.size()));
      int take = Math.min(queue.size(), 1 + random.nextInt(longest));
      all.addAll(queue.subList(0, take));
      queue.subList(0, take).clear();
      queues.removeIf(List::isEmpty);
    }
    return all;
  }
}
