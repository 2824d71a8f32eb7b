// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.market.MarketEvent.BestQuote;
import dev.sluice.engine.market.MarketEvent.BookDelta;
import dev.sluice.engine.market.MarketEvent.BookSnapshot;
import dev.sluice.engine.market.MarketEvent.TradePrint;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Side;

/**
 * A market event on the wire: levels as (price, size) pairs, the fields of a trade null elsewhere.
 * Update ids carry a base that rises from one venue process to the next, so that a book which has
 * seen the last one takes the snapshot of this one.
 */
public record MarketMessage(
    Kind kind,
    String symbol,
    long exchangeTimeUs,
    long firstUpdateId,
    long lastUpdateId,
    long previousUpdateId,
    @Nullable double[][] bids,
    @Nullable double[][] asks,
    @Nullable Double price,
    @Nullable Double size,
    @Nullable Boolean buyerIsMaker) {
  /** What happened in the market. */
  public enum Kind {
    SNAPSHOT,
    DELTA,
    QUOTE,
    TRADE
  }

  static MarketMessage of(MarketEvent event, long idBase) {
    if (event instanceof BookSnapshot snapshot) {
      long id = idBase + snapshot.lastUpdateId();
      return levels(
          Kind.SNAPSHOT,
          event,
          id,
          id,
          -1,
          pairs(snapshot.bidPrices(), snapshot.bidSizes()),
          pairs(snapshot.askPrices(), snapshot.askSizes()));
    }
    if (event instanceof BookDelta delta) {
      return levels(
          Kind.DELTA,
          event,
          idBase + delta.firstUpdateId(),
          idBase + delta.lastUpdateId(),
          delta.previousUpdateId() < 0 ? -1 : idBase + delta.previousUpdateId(),
          pairs(delta.bidPrices(), delta.bidSizes()),
          pairs(delta.askPrices(), delta.askSizes()));
    }
    if (event instanceof BestQuote quote) {
      long id = idBase + quote.updateId();
      return levels(
          Kind.QUOTE,
          event,
          id,
          id,
          -1,
          new double[][] {{quote.bid(), quote.bidSize()}},
          new double[][] {{quote.ask(), quote.askSize()}});
    }
    TradePrint trade = (TradePrint) event;
    return new MarketMessage(
        Kind.TRADE,
        trade.symbol(),
        trade.exchangeTimeUs(),
        trade.tradeId(),
        trade.tradeId(),
        -1,
        null,
        null,
        trade.price(),
        trade.size(),
        trade.buyerIsMaker());
  }

  /** The whole of a book as it stands. */
  static MarketMessage snapshot(OrderBook book, long timeUs, long idBase) {
    long id = idBase + book.lastUpdateId();
    return new MarketMessage(
        Kind.SNAPSHOT,
        book.symbol(),
        timeUs,
        id,
        id,
        -1,
        side(book, Side.BUY),
        side(book, Side.SELL),
        null,
        null,
        null);
  }

  /** The event, received at this time of the receiver's clock. */
  MarketEvent event(long receiveTimeUs) {
    return switch (kind) {
      case SNAPSHOT ->
          new BookSnapshot(
              symbol,
              exchangeTimeUs,
              receiveTimeUs,
              lastUpdateId,
              column(bids, 0),
              column(bids, 1),
              column(asks, 0),
              column(asks, 1));
      case DELTA ->
          new BookDelta(
              symbol,
              exchangeTimeUs,
              receiveTimeUs,
              firstUpdateId,
              lastUpdateId,
              previousUpdateId,
              column(bids, 0),
              column(bids, 1),
              column(asks, 0),
              column(asks, 1));
      case QUOTE ->
          new BestQuote(
              symbol,
              exchangeTimeUs,
              receiveTimeUs,
              lastUpdateId,
              bids[0][0],
              bids[0][1],
              asks[0][0],
              asks[0][1]);
      case TRADE ->
          new TradePrint(
              symbol, exchangeTimeUs, receiveTimeUs, lastUpdateId, price, size, buyerIsMaker);
    };
  }

  private static MarketMessage levels(
      Kind kind,
      MarketEvent event,
      long firstId,
      long lastId,
      long previousId,
      double[][] bids,
      double[][] asks) {
    return new MarketMessage(
        kind,
        event.symbol(),
        event.exchangeTimeUs(),
        firstId,
        lastId,
        previousId,
        bids,
        asks,
        null,
        null,
        null);
  }

  private static double[][] side(OrderBook book, Side side) {
    double[][] levels = new double[book.depth(side)][];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = new double[] {book.price(side, i), book.size(side, i)};
    }
    return levels;
  }

  private static double[][] pairs(double[] prices, double[] sizes) {
    double[][] pairs = new double[prices.length][];
    for (int i = 0; i < prices.length; i++) {
      pairs[i] = new double[] {prices[i], sizes[i]};
    }
    return pairs;
  }

  private static double[] column(double[][] pairs, int index) {
    double[] column = new double[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      column[i] = pairs[i][index];
    }
    return column;
  }
}
