// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import dev.sluice.flink.RawRecord;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The topics one engine and its venue write to, a partition each. The way there may lose a record,
 * write it twice, or let the next tick overtake one; the numbers tell. The last before a heartbeat
 * overtakes none: once its number is seen, what is behind it is late by the contract.
 */
final class EngineTopics {
  static final String SYMBOL = "SIMUSDT";
  private static final List<String> NUMBERED =
      List.of(Topics.TICKS, Topics.ORDERS, Topics.FILLS, Topics.HEALTH);

  /**
   * One record of a numbered stream as it was appended.
   *
   * @param offset in its partition
   */
  record Sent(String topic, String runId, long seq, int offset) {}

  final Map<String, Partition> events = new LinkedHashMap<>();
  final Partition acks;
  final List<Sent> sent = new ArrayList<>();
  private final String engineId;
  private final Random random;
  private boolean faulty;
  private final int number;
  private final Map<String, Long> sequence = new LinkedHashMap<>();
  private byte[] overtaken;
  private long overtakenSeq;
  private String runId = "";
  private boolean firstRun = true;
  private long ledgers;
  private double mid = 100;
  private long lastIngestUs;

  /**
   * @param number of the engine, from 0: the partition of its records
   * @param faulty whether the way to the topics is bad
   */
  EngineTopics(String engineId, int number, boolean faulty, Random random) {
    this.engineId = engineId;
    this.number = number;
    this.faulty = faulty;
    this.random = random;
    for (String topic : List.of(Topics.TICKS, Topics.ORDERS, Topics.FILLS, Topics.HEALTH)) {
      events.put(topic, new Partition(topic + "/" + number));
    }
    events.put(Topics.LEDGER, new Partition(Topics.LEDGER + "/" + number));
    acks = new Partition(Topics.ACKS + "/" + number);
  }

  /** From now on the way is good. */
  void calm() {
    faulty = false;
  }

  void newRun(String newRunId) {
    firstRun = runId.isEmpty();
    runId = newRunId;
    NUMBERED.forEach(topic -> sequence.put(topic, 0L));
    overtaken = null; // died in the process
  }

  void tick(long nowMs, boolean missed) {
    mid += (random.nextInt(21) - 10) / 100.0;
    double total = missed ? 200 : 5 + random.nextInt(100);
    long seq = next(Topics.TICKS);
    publish(
        Topics.TICKS,
        seq,
        nowMs,
        new Tick(
            Tick.SCHEMA,
            engineId,
            runId,
            seq,
            nowMs * 1_000,
            Source.SIMULATED,
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
            false,
            null,
            null,
            0.4,
            null));
  }

  void order(long nowMs, String id, boolean filled) {
    long seq = next(Topics.ORDERS);
    publish(
        Topics.ORDERS,
        seq,
        nowMs,
        new Order(
            Order.SCHEMA,
            engineId,
            runId,
            seq,
            nowMs * 1_000,
            Source.SIMULATED,
            "i-" + id,
            id,
            null,
            SYMBOL,
            null,
            null,
            Side.BUY,
            OrderType.LIMIT,
            Purpose.QUOTE,
            filled ? OrderState.FILLED : OrderState.SUBMITTED,
            BigDecimal.valueOf(100),
            BigDecimal.ONE,
            filled ? BigDecimal.ONE : BigDecimal.ZERO,
            nowMs * 1_000,
            null,
            null,
            null,
            null,
            null,
            null));
  }

  void fill(long nowMs, String id, Random price) {
    long seq = next(Topics.FILLS);
    publish(
        Topics.FILLS,
        seq,
        nowMs,
        new Fill(
            Fill.SCHEMA,
            engineId,
            runId,
            seq,
            nowMs * 1_000,
            Source.SIMULATED,
            "f-" + id,
            "i-" + id,
            id,
            SYMBOL,
            null,
            null,
            Side.BUY,
            BigDecimal.valueOf(9_900 + price.nextInt(200), 2),
            BigDecimal.ONE,
            price.nextInt(4) == 0 ? Liquidity.TAKER : Liquidity.MAKER,
            new BigDecimal("0.01"),
            "USDT",
            100.0,
            100.1,
            100.2,
            12.0,
            null,
            BigDecimal.ONE,
            nowMs * 1_000,
            null,
            null));
  }

  void health(long nowMs, long breakerSinceMs, Mode mode, long epoch) {
    SentCounts counts =
        new SentCounts(
            sequence.get(Topics.TICKS),
            sequence.get(Topics.ORDERS),
            sequence.get(Topics.FILLS),
            null);
    long seq = next(Topics.HEALTH);
    publish(
        Topics.HEALTH,
        seq,
        nowMs,
        new Health(
            Health.SCHEMA,
            engineId,
            runId,
            seq,
            nowMs * 1_000,
            Source.SIMULATED,
            "build",
            "hash",
            Simulation.START_MS * 1_000,
            400_000_000L,
            1,
            1,
            breakerSinceMs > 0 ? BreakerState.OPEN : BreakerState.CLOSED,
            (breakerSinceMs > 0 ? breakerSinceMs : Simulation.START_MS) * 1_000,
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
            mode,
            epoch,
            1,
            0,
            counts,
            null,
            null));
  }

  void ledger(long nowMs) {
    append(
        Topics.LEDGER,
        Json.write(
            new Ledger(
                Ledger.SCHEMA,
                engineId,
                "venue",
                ++ledgers,
                nowMs * 1_000,
                Source.SIMULATED,
                Book.VENUE,
                "a",
                nowMs * 1_000,
                SnapshotStatus.OK,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null)),
        nowMs);
  }

  /** Bytes that nobody can read. */
  void poison(long nowMs) {
    append(Topics.TICKS, "{\"engine_id\":".getBytes(StandardCharsets.UTF_8), nowMs);
  }

  private long next(String topic) {
    return sequence.merge(topic, 1L, Long::sum);
  }

  /**
   * The first numbers of all stay as they are: with them the judge learns where a stream begins.
   */
  private void publish(String topic, long seq, long nowMs, Object message) {
    byte[] value = Json.write(message);
    boolean spared = !faulty || (firstRun && seq <= 2) || overtaken != null;
    int fault = spared ? 60 : random.nextInt(60);
    if (fault == 0) {
      return; // lost: numbered, never appended
    }
    boolean twoMoreBeforeTheBorder = topic.equals(Topics.TICKS) && nowMs % 10_000 < 4_000;
    if (fault == 1 && twoMoreBeforeTheBorder) {
      overtaken = value;
      overtakenSeq = seq;
      return;
    }
    number(topic, seq, value, nowMs);
    if (overtaken != null && topic.equals(Topics.TICKS)) {
      number(topic, overtakenSeq, overtaken, nowMs);
      overtaken = null;
    }
    if (fault == 2) {
      number(topic, seq, value, nowMs);
    }
  }

  private void number(String topic, long seq, byte[] value, long nowMs) {
    sent.add(new Sent(topic, runId, seq, events.get(topic).entries.size()));
    append(topic, value, nowMs);
  }

  private void append(String topic, byte[] value, long nowMs) {
    Partition partition = events.get(topic);
    lastIngestUs = Math.max(lastIngestUs + 2, nowMs * 1_000 + number);
    partition.append(
        new RawRecord(topic, number, partition.entries.size(), lastIngestUs, value), nowMs);
  }
}
