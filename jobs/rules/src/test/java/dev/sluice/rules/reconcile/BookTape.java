// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
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
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Two books of one account by plan: fills, orders and snapshots every ten seconds, with departures.
 * Times are seconds from {@link #START_US}; the snapshots follow from the fills.
 */
final class BookTape {
  static final long START_US = 1_767_571_200_000_000L;
  static final String ENGINE = "mm-1";

  /** One fill; a side with no time has none of it. */
  static final class Exec {
    final String id;
    Double venueAt;
    Double engineAt;
    String qty = "1";
    String price = "100";
    String fee = "0.01";
    String engineQty;
    String enginePrice;
    String engineFee;
    Side side = Side.BUY;
    int engineTimes = 1;
    int venueTimes = 1;

    Exec(String id, Double venueAt, Double engineAt) {
      this.id = id;
      this.venueAt = venueAt;
      this.engineAt = engineAt;
    }
  }

  private record Span(Book book, String name, double from, double until, String value) {}

  private record Resting(
      Book book, String id, double from, double until, String qty, String cumQty) {}

  final List<Exec> execs = new ArrayList<>();
  private final List<Span> adjustments = new ArrayList<>();
  private final List<Span> statuses = new ArrayList<>();
  private final List<Span> silences = new ArrayList<>();
  private final List<Resting> resting = new ArrayList<>();
  private final List<EngineEvent> extra = new ArrayList<>();
  private long seq;

  /** From here on the venue speaks as another run. */
  double venueRestart = Double.MAX_VALUE;

  static long us(double seconds) {
    return START_US + Math.round(seconds * 1e6);
  }

  /** A fill the venue made and the engine booked 3 ms later. */
  Exec fill(String id, double at) {
    return fill(id, at, at + 0.003);
  }

  Exec fill(String id, Double venueAt, Double engineAt) {
    Exec exec = new Exec(id, venueAt, engineAt);
    execs.add(exec);
    return exec;
  }

  /** A fill every seven seconds, some of them across the borders of snapshots. */
  BookTape busy(double until) {
    int count = 0;
    for (double at = 2.999; at < until; at += 7) {
      Exec exec = fill("busy-" + count, at);
      exec.side = count % 2 == 0 ? Side.BUY : Side.SELL;
      count++;
    }
    return this;
  }

  /**
   * Adds to a figure of one book, {@code asset=…}, {@code symbol=…}, {@code fees}, {@code
   * turnover}.
   */
  BookTape adjust(Book book, String name, double from, double until, String by) {
    adjustments.add(new Span(book, name, from, until, by));
    return this;
  }

  BookTape status(Book book, SnapshotStatus status, double from, double until) {
    statuses.add(new Span(book, "", from, until, status.name()));
    return this;
  }

  /** One side says nothing by itself: no heartbeat, no snapshot. */
  BookTape silent(Book book, double from, double until) {
    silences.add(new Span(book, "", from, until, ""));
    return this;
  }

  BookTape rests(Book book, String id, double from, double until, String qty, String cumQty) {
    resting.add(new Resting(book, id, from, until, qty, cumQty));
    return this;
  }

  BookTape with(EngineEvent event) {
    extra.add(event);
    return this;
  }

  EngineEvent order(
      String run, double at, String id, String intent, OrderState state, String price) {
    return EngineEvent.of(
        new Order(
            Order.SCHEMA,
            ENGINE,
            run,
            ++seq,
            us(at),
            Source.SIMULATED,
            intent,
            id,
            null,
            "SIMUSDT",
            null,
            null,
            Side.BUY,
            OrderType.LIMIT,
            Purpose.QUOTE,
            state,
            new BigDecimal(price),
            BigDecimal.ONE,
            BigDecimal.ZERO,
            null,
            null,
            null,
            null,
            null,
            null,
            null),
        null,
        0);
  }

  EngineEvent dropCopy(double at, String id, String venueOrderId, OrderState state) {
    return EngineEvent.of(
        new DropCopy(
            DropCopy.SCHEMA,
            ENGINE,
            venueRun(at),
            ++seq,
            us(at),
            Source.SIMULATED,
            "paper",
            id,
            venueOrderId,
            "SIMUSDT",
            Side.BUY,
            state,
            BigDecimal.TEN,
            BigDecimal.ONE,
            BigDecimal.ZERO,
            null,
            null,
            null,
            null,
            null,
            null,
            us(at),
            null),
        null,
        0);
  }

  /** Everything said before this time, in the order of time; streams are numbered. */
  List<EngineEvent> until(double seconds) {
    List<EngineEvent> events = new ArrayList<>(extra);
    for (Exec exec : execs) {
      for (int i = 0; exec.engineAt != null && i < exec.engineTimes; i++) {
        events.add(EngineEvent.of(booked(exec, exec.engineAt + 0.1 * i), null, 0));
      }
      for (int i = 0; exec.venueAt != null && i < exec.venueTimes; i++) {
        events.add(EngineEvent.of(executed(exec, exec.venueAt + 0.1 * i), null, 0));
      }
    }
    for (int second = 0; second < seconds; second++) {
      if (!at(silences, Book.ENGINE, second)) {
        events.add(EngineEvent.of(health(second), null, 0));
      }
      for (Book book : Book.values()) {
        if (second % 10 == 0 && !at(silences, book, second)) {
          events.add(EngineEvent.of(ledger(book, second), null, 0));
        }
      }
    }
    events.removeIf(event -> EventOrder.timeUs(event) >= us(seconds));
    events.sort(Comparator.comparingLong(EventOrder::timeUs));
    return events;
  }

  private Fill booked(Exec exec, double at) {
    return new Fill(
        Fill.SCHEMA,
        ENGINE,
        "run-1",
        ++seq,
        us(at),
        Source.SIMULATED,
        exec.id,
        "i-" + exec.id,
        "c-" + exec.id,
        "SIMUSDT",
        null,
        null,
        exec.side,
        decimal(exec.enginePrice, exec.price),
        decimal(exec.engineQty, exec.qty),
        Liquidity.MAKER,
        decimal(exec.engineFee, exec.fee),
        "USDT",
        100,
        100,
        100,
        1,
        null,
        BigDecimal.ZERO,
        exec.venueAt == null ? us(at) : us(exec.venueAt),
        null,
        null);
  }

  private DropCopy executed(Exec exec, double at) {
    return new DropCopy(
        DropCopy.SCHEMA,
        ENGINE,
        venueRun(at),
        ++seq,
        us(at),
        Source.SIMULATED,
        "paper",
        "c-" + exec.id,
        "v-" + exec.id,
        "SIMUSDT",
        exec.side,
        OrderState.FILLED,
        new BigDecimal(exec.price),
        new BigDecimal(exec.qty),
        new BigDecimal(exec.qty),
        exec.id,
        new BigDecimal(exec.price),
        new BigDecimal(exec.qty),
        Liquidity.MAKER,
        new BigDecimal(exec.fee),
        "USDT",
        us(at),
        null);
  }

  private String venueRun(double at) {
    return at < venueRestart ? "v" : "v-2";
  }

  private static BigDecimal decimal(String own, String other) {
    return new BigDecimal(own == null ? other : own);
  }

  EngineEvent bookedEvent(Exec exec, double at) {
    return EngineEvent.of(booked(exec, at), null, 0);
  }

  EngineEvent executedEvent(Exec exec, double at) {
    return EngineEvent.of(executed(exec, at), null, 0);
  }

  Health health(double at) {
    return new Health(
        Health.SCHEMA,
        ENGINE,
        "run-1",
        ++seq,
        us(at),
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

  private Ledger ledger(Book book, int at) {
    TreeMap<String, BigDecimal> assets = new TreeMap<>();
    assets.put("SIM", new BigDecimal("1000"));
    assets.put("USDT", new BigDecimal("100000"));
    BigDecimal position = BigDecimal.ZERO;
    BigDecimal fees = BigDecimal.ZERO;
    BigDecimal turnover = BigDecimal.ZERO;
    for (Exec exec : execs) {
      Double when = book == Book.ENGINE ? exec.engineAt : exec.venueAt;
      int times = book == Book.ENGINE ? exec.engineTimes : 1;
      for (int i = 0; when != null && i < times; i++) {
        if (us(when + 0.1 * i) < us(at)) {
          Fill fill = booked(exec, when);
          boolean engine = book == Book.ENGINE;
          BigDecimal qty = engine ? fill.qty() : new BigDecimal(exec.qty);
          BigDecimal price = engine ? fill.price() : new BigDecimal(exec.price);
          BigDecimal fee = engine ? fill.fee() : new BigDecimal(exec.fee);
          BigDecimal signed = exec.side == Side.BUY ? qty : qty.negate();
          position = position.add(signed);
          fees = fees.add(fee);
          turnover = turnover.add(qty.multiply(price));
          assets.merge("SIM", signed, BigDecimal::add);
          assets.merge("USDT", signed.multiply(price).add(fee).negate(), BigDecimal::add);
        }
      }
    }
    List<Balance> balances = new ArrayList<>();
    assets.forEach(
        (asset, total) -> {
          BigDecimal now = total.add(adjusted(book, "asset=" + asset, at));
          balances.add(new Balance(asset, now, now));
        });
    position = position.add(adjusted(book, "symbol=SIMUSDT", at));
    List<Position> positions =
        position.signum() == 0
            ? List.of()
            : List.of(new Position("SIMUSDT", position, new BigDecimal("100")));
    boolean venue = book == Book.VENUE;
    return new Ledger(
        Ledger.SCHEMA,
        ENGINE,
        venue ? venueRun(at) : "run-1",
        ++seq,
        us(at),
        Source.SIMULATED,
        book,
        "paper",
        us(at),
        status(book, at),
        balances,
        positions,
        orders(book, at),
        null,
        venue ? fees.add(adjusted(book, "fees", at)) : null,
        venue ? turnover.add(adjusted(book, "turnover", at)) : null);
  }

  private List<OpenOrder> orders(Book book, int at) {
    return resting.stream()
        .filter(order -> order.book == book && order.from < at && at <= order.until)
        .map(
            order ->
                new OpenOrder(
                    order.id,
                    "SIMUSDT",
                    Side.BUY,
                    new BigDecimal(order.qty),
                    new BigDecimal(order.cumQty)))
        .toList();
  }

  private BigDecimal adjusted(Book book, String name, int at) {
    return adjustments.stream()
        .filter(span -> span.book == book && span.name.equals(name))
        .filter(span -> span.from <= at && at < span.until)
        .map(span -> new BigDecimal(span.value))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private SnapshotStatus status(Book book, int at) {
    return statuses.stream()
        .filter(span -> span.book == book && span.from <= at && at < span.until)
        .map(span -> SnapshotStatus.valueOf(span.value))
        .findFirst()
        .orElse(SnapshotStatus.OK);
  }

  private static boolean at(List<Span> spans, Book book, double second) {
    return spans.stream()
        .anyMatch(span -> span.book == book && span.from <= second && second < span.until);
  }
}
