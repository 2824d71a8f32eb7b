// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.reconcile;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.SnapshotStatus;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Sequenced events of one engine: a fill every four seconds, one of them lost, one late, one twice,
 * one id for two orders, a rebate that the engine booked as a fee, failed snapshots and a person's
 * word.
 */
final class TwoBooks {
  static final long START_US = 1_767_571_200_000_000L;

  private final String engineId;
  private final List<EngineEvent> events = new ArrayList<>();
  private long seq;
  private BigDecimal engineQty = BigDecimal.ZERO;
  private BigDecimal venueQty = BigDecimal.ZERO;

  private TwoBooks(String engineId) {
    this.engineId = engineId;
  }

  static List<EngineEvent> eventful(String engineId, int seconds) {
    TwoBooks books = new TwoBooks(engineId);
    for (int second = 0; second < seconds; second++) {
      books.second(second);
    }
    return books.events;
  }

  private void second(int second) {
    if (second % 10 == 0) {
      ledgers(second);
    }
    if (second % 4 == 1) {
      fill(second);
    }
    if (second == 50 || second == 70) {
      events.add(EngineEvent.of(order(second), at(), 7));
    }
    if (second == 160) {
      events.add(EngineEvent.of(acknowledge(second), Source.SIMULATED));
    }
    if (second % 5 != 0) {
      return;
    }
    events.add(EngineEvent.of(health(second), at(), 7));
    events.add(EngineEvent.until(engineId, us(second), us(second), Source.SIMULATED, 7));
  }

  private void fill(int second) {
    String id = "f-" + second;
    events.add(EngineEvent.of(executed(id, second), at(), 7));
    venueQty = venueQty.add(BigDecimal.ONE);
    if (second != 41 && second != 61) {
      events.add(EngineEvent.of(booked(id, second), at(), 7));
      engineQty = engineQty.add(BigDecimal.ONE);
    }
    if (second == 81) {
      events.add(EngineEvent.of(booked("f-61", second), at(), 7));
      events.add(EngineEvent.of(booked(id, second), at(), 7));
      engineQty = engineQty.add(BigDecimal.ONE);
    }
  }

  private void ledgers(int second) {
    events.add(EngineEvent.of(ledger(Book.ENGINE, second, engineQty), at(), 7));
    events.add(EngineEvent.of(ledger(Book.VENUE, second, venueQty), at(), 7));
  }

  private Ledger ledger(Book book, int second, BigDecimal qty) {
    boolean failed = book == Book.VENUE && second >= 110 && second < 130;
    return new Ledger(
        Ledger.SCHEMA,
        engineId,
        book.name(),
        ++seq,
        us(second),
        Source.SIMULATED,
        book,
        "paper",
        us(second),
        failed ? SnapshotStatus.FAILED : SnapshotStatus.OK,
        List.of(new Balance("SIM", qty, qty)),
        List.of(new Position("SIMUSDT", qty, null)),
        List.of(new OpenOrder("c-x", "SIMUSDT", Side.BUY, BigDecimal.ONE, BigDecimal.ZERO)),
        null,
        book == Book.VENUE ? new BigDecimal(second) : null,
        book == Book.VENUE ? new BigDecimal(second * 100) : null);
  }

  private Fill booked(String id, int second) {
    return new Fill(
        Fill.SCHEMA,
        engineId,
        "run",
        ++seq,
        us(second) + 3_000,
        Source.SIMULATED,
        id,
        "i-" + id,
        "c-" + id,
        "SIMUSDT",
        null,
        null,
        Side.BUY,
        new BigDecimal("100"),
        BigDecimal.ONE,
        Liquidity.MAKER,
        new BigDecimal("0.01"),
        "USDT",
        100,
        100,
        100,
        3,
        null,
        engineQty,
        us(second),
        null,
        null);
  }

  private DropCopy executed(String id, int second) {
    boolean rebate = second == 21;
    return new DropCopy(
        DropCopy.SCHEMA,
        engineId,
        "v",
        ++seq,
        us(second),
        Source.SIMULATED,
        "paper",
        "c-" + id,
        "v-" + id,
        "SIMUSDT",
        Side.BUY,
        OrderState.FILLED,
        new BigDecimal("100"),
        BigDecimal.ONE,
        BigDecimal.ONE,
        id,
        new BigDecimal("100"),
        BigDecimal.ONE,
        Liquidity.MAKER,
        new BigDecimal(rebate ? "-0.01" : "0.01"),
        "USDT",
        us(second),
        null);
  }

  private Order order(int second) {
    return new Order(
        Order.SCHEMA,
        engineId,
        "run",
        ++seq,
        us(second),
        Source.SIMULATED,
        "i-" + second,
        "c-x",
        null,
        "SIMUSDT",
        null,
        null,
        Side.BUY,
        OrderType.LIMIT,
        Purpose.QUOTE,
        OrderState.SUBMITTED,
        new BigDecimal("99"),
        BigDecimal.ONE,
        BigDecimal.ZERO,
        us(second),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private Health health(int second) {
    return new Health(
        Health.SCHEMA,
        engineId,
        "run",
        ++seq,
        us(second),
        Source.SIMULATED,
        "b",
        "h",
        START_US,
        1,
        1,
        0,
        BreakerState.CLOSED,
        0,
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
        0,
        0,
        0,
        null,
        null,
        null);
  }

  private Command acknowledge(int second) {
    return new Command(
        Command.SCHEMA,
        "c-1",
        engineId,
        "ann",
        "seen",
        CommandAction.ACKNOWLEDGE,
        "engine",
        "reconcile",
        us(second) - 1,
        null);
  }

  private InputRange at() {
    return new InputRange("topic", 0, seq, seq);
  }

  private static long us(int second) {
    return START_US + second * 1_000_000L;
  }
}
