// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.SentCounts;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Stages;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The raw events of the measured engine, and the person who resumes it. One thread. */
final class HaltFeed implements AutoCloseable {
  private static final long OPEN_FOR_US = 301_000_000L;
  private static final String SYMBOL = "SIMUSDT";

  /** The mid of the ticks. */
  private static final BigDecimal CAP_PRICE = new BigDecimal("100.05");

  /** 30,015 quote, above the shipped cap of 25,000. */
  private static final BigDecimal CAP_QTY = new BigDecimal("300");

  private final KafkaProducer<byte[], byte[]> producer;
  private final String engineId;
  private final String runId;
  private final byte[] key;
  private final long startedAtUs = BenchEngine.wallUs();
  private long ticks;
  private long health;
  private long commands;
  private long fills;

  HaltFeed(String bootstrap, String engineId) {
    this.producer = EchoLoop.Clients.producer(bootstrap);
    this.engineId = engineId;
    this.runId = "bench-" + startedAtUs;
    this.key = engineId.getBytes(StandardCharsets.UTF_8);
  }

  /** A heartbeat, as bytes: with the breaker open it breaches the instant criterion. */
  byte[] heartbeat(boolean breakerOpen) {
    long nowUs = BenchEngine.wallUs();
    return Json.write(
        new Health(
            Health.SCHEMA,
            engineId,
            runId,
            ++health,
            nowUs,
            Source.LIVE,
            "bench",
            "bench",
            startedAtUs,
            100_000_000,
            0,
            0,
            breakerOpen ? BreakerState.OPEN : BreakerState.CLOSED,
            breakerOpen ? nowUs - OPEN_FOR_US : startedAtUs,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            10_000.0,
            0.0,
            0.0,
            10_000.0,
            Mode.RUN,
            0,
            0.0,
            0,
            new SentCounts(ticks, 0, fills, null),
            null,
            null));
  }

  void sendHeartbeat(byte[] heartbeat) {
    producer.send(new ProducerRecord<>(Topics.HEALTH, key, heartbeat));
  }

  /** One healthy pass of the pipeline, so that the windowed criteria have something to judge. */
  void sendTick() {
    Tick tick =
        new Tick(
            Tick.SCHEMA,
            engineId,
            runId,
            ++ticks,
            BenchEngine.wallUs(),
            Source.LIVE,
            SYMBOL,
            null,
            null,
            100.0,
            100.1,
            1.0,
            1.0,
            new Stages(1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
            6.0,
            50.0,
            true,
            1.0,
            false,
            null,
            null,
            null,
            null);
    producer.send(new ProducerRecord<>(Topics.TICKS, key, Json.write(tick)));
  }

  /**
   * A fill, as bytes: a buy brings the position to {@link #CAP_QTY} and the exposure above the cap,
   * a sell back to nothing.
   */
  byte[] fill(Side side) {
    long nowUs = BenchEngine.wallUs();
    String id = runId + "-" + ++fills;
    return Json.write(
        new Fill(
            Fill.SCHEMA,
            engineId,
            runId,
            fills,
            nowUs,
            Source.LIVE,
            "f-" + id,
            "i-" + id,
            "o-" + id,
            SYMBOL,
            null,
            null,
            side,
            CAP_PRICE,
            CAP_QTY,
            Liquidity.MAKER,
            BigDecimal.ZERO,
            "USDT",
            CAP_PRICE.doubleValue(),
            CAP_PRICE.doubleValue(),
            CAP_PRICE.doubleValue(),
            1.0,
            null,
            side == Side.BUY ? CAP_QTY : BigDecimal.ZERO,
            nowUs,
            null,
            null));
  }

  void sendFill(byte[] fill) {
    producer.send(new ProducerRecord<>(Topics.FILLS, key, fill));
  }

  void sendResume() {
    Command command =
        new Command(
            Command.SCHEMA,
            runId + "-" + ++commands,
            engineId,
            "bench",
            "next halt",
            CommandAction.RESUME,
            "engine",
            null,
            BenchEngine.wallUs(),
            null);
    producer.send(new ProducerRecord<>(Topics.COMMANDS, key, Json.write(command)));
  }

  @Override
  public void close() {
    producer.close();
  }
}
