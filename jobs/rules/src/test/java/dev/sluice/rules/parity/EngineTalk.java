// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.sequence.EventStream;
import dev.sluice.rules.sequence.Stamp;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What one engine of a pair says. Times are milliseconds from {@link #START_US}. */
public final class EngineTalk {
  /** A whole hour, so that every window begins there. */
  public static final long START_US = 1_767_571_200_000_000L;

  /** An order as its steps share it. */
  public record Sketch(String id, Side side, Purpose purpose, double price, double mid) {
    public static Sketch buy(String id) {
      return new Sketch(id, Side.BUY, Purpose.QUOTE, 100, 100.01);
    }

    public Sketch at(double otherPrice, double otherMid) {
      return new Sketch(id, side, purpose, otherPrice, otherMid);
    }

    public Sketch of(Purpose other) {
      return new Sketch(id, side, other, price, mid);
    }

    public Sketch sell() {
      return new Sketch(id, Side.SELL, purpose, price, mid);
    }
  }

  private final String engineId;
  private final List<EngineEvent> said = new ArrayList<>();
  private String runId = "run-1";
  private long startedUs = START_US - 3_600_000_000L;
  private long orders;
  private long fills;
  private long healths;
  private long restarts;

  public EngineTalk(String engineId) {
    this.engineId = engineId;
  }

  public static long at(long ms) {
    return START_US + ms * 1_000;
  }

  public EngineTalk restart(String run, long ms) {
    runId = run;
    startedUs = at(ms);
    orders = 0;
    fills = 0;
    healths = 0;
    return this;
  }

  /** A restart that the engine only counts. */
  public EngineTalk restarted() {
    restarts++;
    return this;
  }

  public EngineTalk loseOrders(int count) {
    orders += count;
    return this;
  }

  public EngineTalk intend(long ms, Sketch sketch) {
    return step(ms, sketch, OrderState.INTENDED).step(ms, sketch, OrderState.SUBMITTED);
  }

  public EngineTalk step(long ms, Sketch sketch, OrderState state) {
    Order order =
        new Order(
            Order.SCHEMA,
            engineId,
            runId,
            ++orders,
            at(ms),
            Source.SIMULATED,
            "i-" + sketch.id(),
            sketch.id(),
            null,
            "SIMUSDT",
            null,
            null,
            sketch.side(),
            OrderType.LIMIT,
            sketch.purpose(),
            state,
            BigDecimal.valueOf(sketch.price()),
            BigDecimal.ONE,
            state == OrderState.FILLED ? BigDecimal.ONE : BigDecimal.ZERO,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            sketch.mid(),
            null);
    return say(EngineEvent.of(order, null, 0));
  }

  /** A fill that cost so many bps against the quote, and so much of a fee. */
  public EngineTalk fill(long ms, Sketch sketch, double slippageBps, double feeBps) {
    double price = sketch.price() * (1 + sketch.side().sign() * slippageBps / 1e4);
    Fill fill =
        new Fill(
            Fill.SCHEMA,
            engineId,
            runId,
            ++fills,
            at(ms),
            Source.SIMULATED,
            "f-" + fills,
            "i-" + sketch.id(),
            sketch.id(),
            "SIMUSDT",
            null,
            null,
            sketch.side(),
            BigDecimal.valueOf(price),
            BigDecimal.ONE,
            Liquidity.MAKER,
            BigDecimal.valueOf(price * feeBps / 1e4),
            "USDT",
            sketch.price(),
            sketch.mid(),
            sketch.mid(),
            1,
            null,
            BigDecimal.ONE,
            at(ms),
            null,
            null);
    return say(EngineEvent.of(fill, null, 0));
  }

  public EngineTalk health(long ms, double realisedPnl) {
    Health health =
        new Health(
            Health.SCHEMA,
            engineId,
            runId,
            ++healths,
            at(ms),
            Source.SIMULATED,
            "build",
            "hash",
            startedUs,
            1,
            1,
            1,
            BreakerState.CLOSED,
            START_US,
            0,
            0,
            0,
            0,
            restarts,
            0,
            0,
            1000,
            realisedPnl,
            0,
            1000,
            Mode.RUN,
            0,
            1,
            0,
            null,
            null,
            null);
    return say(EngineEvent.of(health, null, 0));
  }

  public EngineTalk until(long ms) {
    return say(EngineEvent.until(engineId, at(ms), at(ms), Source.SIMULATED, 0));
  }

  public List<EngineEvent> said() {
    return said;
  }

  /** The streams of each run as they are numbered, and the words of time last. */
  List<List<EngineEvent>> streams() {
    List<List<EngineEvent>> streams = new ArrayList<>();
    for (EventStream stream : List.of(EventStream.ORDERS, EventStream.FILLS, EventStream.HEALTH)) {
      for (String run : List.of("run-1", "run-2")) {
        streams.add(
            said.stream()
                .filter(e -> EventStream.of(e) == stream && Stamp.runId(e).equals(run))
                .toList());
      }
    }
    streams.add(said.stream().filter(EngineEvent::time).toList());
    return streams;
  }

  static long timeUs(EngineEvent event) {
    return event.time() ? event.engineUntilUs() : Stamp.timeUs(event);
  }

  private EngineTalk say(EngineEvent event) {
    said.add(event);
    return this;
  }
}
