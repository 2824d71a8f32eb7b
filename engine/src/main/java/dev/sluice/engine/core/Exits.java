// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.List;

/** Closes positions with reducing market orders, as FLATTEN demands. Not thread-safe. */
final class Exits {
  private static final long RETRY_AFTER_US = 1_000_000L;

  private final List<Instrument> instruments;
  private final Markets markets;
  private final Orders orders;
  private final Account account;
  private long lastAttemptUs = Long.MIN_VALUE / 2;

  Exits(List<Instrument> instruments, Markets markets, Orders orders, Account account) {
    this.instruments = List.copyOf(instruments);
    this.markets = markets;
    this.orders = orders;
    this.account = account;
  }

  /** In FLATTEN: sends what closes each position once nothing else is at the venue. */
  int flatten(long nowUs) {
    if (nowUs - lastAttemptUs < RETRY_AFTER_US) {
      return 0;
    }
    int sent = 0;
    for (Instrument instrument : instruments) {
      BigDecimal position = account.position(instrument.symbol());
      OrderBook book = markets.of(instrument.symbol()).book();
      boolean open = position.signum() != 0 && book.valid();
      if (open && orders.openReducing(instrument.symbol(), position).signum() == 0) {
        sent += exit(instrument.symbol(), position, book, nowUs) ? 1 : 0;
        lastAttemptUs = nowUs;
      }
    }
    return sent;
  }

  private boolean exit(String symbol, BigDecimal position, OrderBook book, long nowUs) {
    Side side = position.signum() > 0 ? Side.SELL : Side.BUY;
    double touch = side == Side.BUY ? book.bestAsk() : book.bestBid();
    return orders.place(
        new LiveOrder.Intent(
            orders.nextIntentId(),
            1,
            symbol,
            side,
            OrderType.MARKET,
            Purpose.EXIT,
            null,
            position.abs(),
            touch,
            book.mid()),
        nowUs);
  }
}
