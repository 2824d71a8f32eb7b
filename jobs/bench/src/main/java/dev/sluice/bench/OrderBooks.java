// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.SentCounts;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.SnapshotStatus;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;
import java.util.List;

/**
 * One healthy engine's orders and both books of them, as records in the order of time: each second
 * a quote that is cancelled and one that fills, buying and selling in turn. One thread.
 */
final class OrderBooks {
  /** Records of one second, without heartbeats and ledgers. */
  static final int PER_SECOND = 14;

  static final String SYMBOL = "BTCUSDT";
  private static final BigDecimal QTY = new BigDecimal("0.01");
  private static final BigDecimal PRICE = new BigDecimal("61000.00");
  private static final BigDecimal VALUE = QTY.multiply(PRICE);
  private static final BigDecimal FEE = new BigDecimal("0.061");
  private static final BigDecimal START_QUOTE = new BigDecimal("100000");
  private static final BigDecimal START_BASE = BigDecimal.ONE;
  private static final long VENUE_LAG_US = 2_000;

  private final String engineId;
  private final Outlet out;
  private long number;
  private long orders;
  private long fills;
  private long ledgers;
  private long dropCopies;
  private long venueLedgers;
  private BigDecimal position = BigDecimal.ZERO;
  private BigDecimal quote = START_QUOTE;
  private BigDecimal fees = BigDecimal.ZERO;
  private BigDecimal turnover = BigDecimal.ZERO;

  /** Where the records go. */
  interface Outlet {
    void send(Record message);
  }

  OrderBooks(String engineId, Outlet out) {
    this.engineId = engineId;
    this.out = out;
  }

  /** One second of trading. */
  void second(long startUs) {
    Side side = number / 2 % 2 == 0 ? Side.BUY : Side.SELL;
    cancelled(startUs, side);
    filled(startUs + 500_000, side);
  }

  private void cancelled(long atUs, Side side) {
    String id = nextId();
    order(id, side, OrderState.INTENDED, atUs, false, BigDecimal.ZERO);
    order(id, side, OrderState.SUBMITTED, atUs + 100, false, BigDecimal.ZERO);
    dropCopy(id, side, OrderState.ACKED, atUs + VENUE_LAG_US, null);
    order(id, side, OrderState.ACKED, atUs + 2 * VENUE_LAG_US, true, BigDecimal.ZERO);
    order(id, side, OrderState.CANCEL_REQUESTED, atUs + 300_000, true, BigDecimal.ZERO);
    dropCopy(id, side, OrderState.CANCELLED, atUs + 300_000 + VENUE_LAG_US, null);
    order(id, side, OrderState.CANCELLED, atUs + 300_000 + 2 * VENUE_LAG_US, true, BigDecimal.ZERO);
  }

  private void filled(long atUs, Side side) {
    String id = nextId();
    order(id, side, OrderState.INTENDED, atUs, false, BigDecimal.ZERO);
    order(id, side, OrderState.SUBMITTED, atUs + 100, false, BigDecimal.ZERO);
    dropCopy(id, side, OrderState.ACKED, atUs + VENUE_LAG_US, null);
    order(id, side, OrderState.ACKED, atUs + 2 * VENUE_LAG_US, true, BigDecimal.ZERO);
    long venueUs = atUs + 200_000;
    dropCopy(id, side, OrderState.FILLED, venueUs, "f-" + id);
    BigDecimal signed = side == Side.BUY ? QTY : QTY.negate();
    position = position.add(signed);
    quote = quote.subtract(signed.multiply(PRICE)).subtract(FEE);
    fees = fees.add(FEE);
    turnover = turnover.add(VALUE);
    fill(id, side, venueUs);
    order(id, side, OrderState.FILLED, venueUs + VENUE_LAG_US, true, QTY);
  }

  /** Both books at a time when nothing is open. */
  void ledgers(long atUs) {
    out.send(ledger(Book.ENGINE, atUs, ++ledgers));
    out.send(ledger(Book.VENUE, atUs, ++venueLedgers));
  }

  /** What was sent so far, without ticks. */
  SentCounts sent() {
    return new SentCounts(0, orders, fills, ledgers);
  }

  private String nextId() {
    return engineId + "-" + ++number;
  }

  private Ledger ledger(Book book, long atUs, long seq) {
    boolean venue = book == Book.VENUE;
    BigDecimal base = START_BASE.add(position);
    return new Ledger(
        Ledger.SCHEMA,
        engineId,
        venue ? venueRun() : run(),
        seq,
        atUs,
        Source.SIMULATED,
        book,
        "bench",
        atUs,
        SnapshotStatus.OK,
        List.of(new Balance("BTC", base, base), new Balance("USDT", quote, quote)),
        position.signum() == 0 ? List.of() : List.of(new Position(SYMBOL, position, PRICE)),
        List.of(),
        venue ? dropCopies : null,
        fees,
        turnover);
  }

  private void order(
      String id, Side side, OrderState state, long atUs, boolean atVenue, BigDecimal cumQty) {
    long submittedUs = atUs - atUs % 500_000 + 100;
    out.send(
        new Order(
            Order.SCHEMA,
            engineId,
            run(),
            ++orders,
            atUs,
            Source.SIMULATED,
            "i-" + id,
            id,
            atVenue ? "v-" + id : null,
            SYMBOL,
            null,
            null,
            side,
            OrderType.LIMIT,
            Purpose.QUOTE,
            state,
            PRICE,
            QTY,
            cumQty,
            state == OrderState.INTENDED ? null : submittedUs,
            atVenue ? atUs - VENUE_LAG_US : null,
            null,
            null,
            null,
            "i-" + id,
            "i-" + id));
  }

  private void fill(String id, Side side, long venueUs) {
    out.send(
        new Fill(
            Fill.SCHEMA,
            engineId,
            run(),
            ++fills,
            venueUs + VENUE_LAG_US,
            Source.SIMULATED,
            "f-" + id,
            "i-" + id,
            id,
            SYMBOL,
            null,
            null,
            side,
            PRICE,
            QTY,
            Liquidity.MAKER,
            FEE,
            "USDT",
            PRICE.doubleValue(),
            PRICE.doubleValue(),
            PRICE.doubleValue(),
            200.0,
            null,
            position,
            venueUs,
            "i-" + id,
            id));
  }

  private void dropCopy(String id, Side side, OrderState state, long atUs, String fillId) {
    boolean fill = fillId != null;
    out.send(
        new DropCopy(
            DropCopy.SCHEMA,
            engineId,
            venueRun(),
            ++dropCopies,
            atUs,
            Source.SIMULATED,
            "bench",
            id,
            "v-" + id,
            SYMBOL,
            side,
            state,
            PRICE,
            QTY,
            fill ? QTY : BigDecimal.ZERO,
            fillId,
            fill ? PRICE : null,
            fill ? QTY : null,
            fill ? Liquidity.MAKER : null,
            fill ? FEE : null,
            fill ? "USDT" : null,
            atUs,
            null));
  }

  String run() {
    return engineId + "-run-1";
  }

  private String venueRun() {
    return run() + "v";
  }
}
