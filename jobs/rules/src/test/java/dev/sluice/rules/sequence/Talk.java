// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

import dev.sluice.schemas.Book;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.SentCounts;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.SnapshotStatus;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Topics;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What one engine and its venue say, numbered and timed, in the order it is said. Times are
 * milliseconds from {@link #START_US}.
 */
public final class Talk {
  public static final long START_US = 1_767_571_200_000_000L;
  public static final String ENGINE = "mm-1";
  public static final String SYMBOL = "SIMUSDT";

  /** An order as its steps share it. */
  public record Sketch(
      String clientOrderId,
      Side side,
      String qty,
      Purpose purpose,
      String hedgeOf,
      Integer hedgeLevel) {
    public static Sketch quote(String clientOrderId) {
      return new Sketch(clientOrderId, Side.BUY, "1", Purpose.QUOTE, null, null);
    }

    public static Sketch hedge(String clientOrderId, String of, int level, String qty) {
      return new Sketch(clientOrderId, Side.SELL, qty, Purpose.HEDGE, of, level);
    }
  }

  private final List<EngineEvent> said = new ArrayList<>();
  private final long[] offsets = new long[EventStream.count()];
  private Source source = Source.SIMULATED;
  private String runId = "run-1";
  private long orders;
  private long fills;
  private long healths;
  private long ledgers;
  private long dropCopies;
  private long venueLedgers;
  private long skewUs;

  public static long at(long ms) {
    return START_US + ms * 1_000;
  }

  public Talk source(Source other) {
    source = other;
    return this;
  }

  /** A new process: new run, numbers start anew. */
  public Talk restart(String newRun) {
    runId = newRun;
    orders = 0;
    fills = 0;
    healths = 0;
    ledgers = 0;
    return this;
  }

  /** Numbers that are used up and never come. */
  public Talk loseOrders(int count) {
    orders += count;
    return this;
  }

  /** The venue's clock from now on: so far ahead of the engine's. */
  public Talk venueClock(long aheadMs) {
    skewUs = aheadMs * 1_000;
    return this;
  }

  public Talk order(long ms, Sketch sketch, OrderState state) {
    return order(ms, sketch, state, "0", null, null);
  }

  public Talk order(long ms, Sketch sketch, OrderState state, String cumQty) {
    return order(ms, sketch, state, cumQty, null, null);
  }

  /** One step; {@code venueMs} is engine time at which the venue stamped it, by its own clock. */
  public Talk order(
      long ms, Sketch sketch, OrderState state, String cumQty, Long venueMs, String reason) {
    Long venueUs = venueMs == null ? null : at(venueMs) + skewUs;
    Order order =
        new Order(
            Order.SCHEMA,
            ENGINE,
            runId,
            ++orders,
            at(ms),
            source,
            "i-" + sketch.clientOrderId(),
            sketch.clientOrderId(),
            null,
            SYMBOL,
            null,
            null,
            sketch.side(),
            OrderType.LIMIT,
            sketch.purpose(),
            state,
            new BigDecimal("100"),
            new BigDecimal(sketch.qty()),
            new BigDecimal(cumQty),
            null,
            venueUs,
            reason,
            sketch.hedgeOf(),
            sketch.hedgeLevel(),
            null,
            null);
    return say(EngineEvent.of(order, next(EventStream.ORDERS, Topics.ORDERS), 0));
  }

  public Talk fill(long ms, Sketch sketch, String fillId, String qty) {
    return fill(ms, sketch, fillId, qty, "0");
  }

  public Talk fill(long ms, Sketch sketch, String fillId, String qty, String positionAfter) {
    Fill fill =
        new Fill(
            Fill.SCHEMA,
            ENGINE,
            runId,
            ++fills,
            at(ms),
            source,
            fillId,
            "i-" + sketch.clientOrderId(),
            sketch.clientOrderId(),
            SYMBOL,
            null,
            null,
            sketch.side(),
            new BigDecimal("100"),
            new BigDecimal(qty),
            Liquidity.MAKER,
            new BigDecimal("0.01"),
            "USDT",
            100,
            100,
            100,
            1,
            null,
            new BigDecimal(positionAfter),
            at(ms) + skewUs,
            null,
            null);
    return say(EngineEvent.of(fill, next(EventStream.FILLS, Topics.FILLS), 0));
  }

  public Talk health(long ms) {
    return health(ms, new SentCounts(0, orders, fills, ledgers));
  }

  public Talk health(long ms, SentCounts sent) {
    Health health =
        new Health(
            Health.SCHEMA,
            ENGINE,
            runId,
            ++healths,
            at(ms),
            source,
            "build",
            "hash",
            START_US,
            1,
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
            0,
            1000,
            0,
            0,
            1000,
            Mode.RUN,
            0,
            1,
            0,
            sent,
            null,
            null);
    return say(EngineEvent.of(health, next(EventStream.HEALTH, Topics.HEALTH), 0));
  }

  public Talk engineLedger(long ms, List<Position> positions) {
    Ledger ledger = ledger(runId, ++ledgers, at(ms), Book.ENGINE, positions, null);
    return say(EngineEvent.of(ledger, next(EventStream.LEDGER, Topics.LEDGER), 0));
  }

  public Talk venueLedger(long ms) {
    Ledger ledger =
        ledger("venue", ++venueLedgers, at(ms) + skewUs, Book.VENUE, List.of(), dropCopies);
    return say(EngineEvent.of(ledger, next(EventStream.VENUE_LEDGER, Topics.LEDGER), 0));
  }

  /** The venue's word on an order. */
  public Talk copy(long ms, Sketch sketch, OrderState state, String cumQty) {
    DropCopy copy =
        new DropCopy(
            DropCopy.SCHEMA,
            ENGINE,
            "venue",
            ++dropCopies,
            at(ms) + skewUs,
            source,
            "a",
            sketch.clientOrderId(),
            "v-" + sketch.clientOrderId(),
            SYMBOL,
            sketch.side(),
            state,
            new BigDecimal("100"),
            new BigDecimal(sketch.qty()),
            new BigDecimal(cumQty),
            null,
            null,
            null,
            null,
            null,
            null,
            at(ms) + skewUs,
            null);
    return say(EngineEvent.of(copy, next(EventStream.DROP_COPY, Topics.DROPCOPY), 0));
  }

  /** An order from its intent to its rest in the book. */
  public Talk rests(long ms, Sketch sketch) {
    return order(ms, sketch, OrderState.INTENDED)
        .order(ms, sketch, OrderState.SUBMITTED)
        .copy(ms + 3, sketch, OrderState.ACKED, "0")
        .order(ms + 6, sketch, OrderState.ACKED, "0", ms + 3, null);
  }

  public List<EngineEvent> said() {
    return said;
  }

  public EngineEvent last() {
    return said.get(said.size() - 1);
  }

  private Ledger ledger(
      String run, long seq, long atUs, Book book, List<Position> positions, Long sent) {
    return new Ledger(
        Ledger.SCHEMA,
        ENGINE,
        run,
        seq,
        atUs,
        source,
        book,
        "a",
        atUs,
        SnapshotStatus.OK,
        List.of(),
        positions,
        List.of(),
        sent,
        null,
        null);
  }

  private InputRange next(EventStream stream, String topic) {
    long offset = offsets[stream.index()]++;
    return new InputRange(topic, 0, offset, offset);
  }

  private Talk say(EngineEvent event) {
    said.add(event);
    return this;
  }
}
