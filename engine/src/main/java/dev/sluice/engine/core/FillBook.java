// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.market.OrderBook;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.schemas.Liquidity;

/** Books executions: the account, the taker's share, the judge. Not thread-safe. */
final class FillBook {
  private final Account account;
  private final TakerCap takerCap;
  private final Markets markets;
  private final Publisher publisher;

  FillBook(Account account, TakerCap takerCap, Markets markets, Publisher publisher) {
    this.account = account;
    this.takerCap = takerCap;
    this.markets = markets;
    this.publisher = publisher;
  }

  /** Into the account, before it is saved and published. */
  void account(LiveOrder order, ExecutionReport report) {
    account.fill(order.symbol(), order.side(), report.lastPrice(), report.lastQty(), report.fee());
  }

  /** What the journal is to keep of the account after it. */
  Journal.SavedAccount saved(String symbol) {
    return account.saved(symbol);
  }

  /** To the judge, once it is saved. */
  void publish(LiveOrder order, ExecutionReport report, long nowUs) {
    takerCap.add(
        report.lastPrice().multiply(report.lastQty()).doubleValue(),
        report.liquidity() == Liquidity.TAKER,
        nowUs);
    OrderBook book = markets.of(order.symbol()).book();
    double mid = book.valid() ? book.mid() : report.lastPrice().doubleValue();
    publisher.fill(order, report, nowUs, mid, account.position(order.symbol()));
  }
}
