// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import dev.sluice.engine.market.MarketEvent.BestQuote;
import dev.sluice.engine.market.MarketEvent.BookDelta;
import dev.sluice.engine.market.MarketEvent.BookSnapshot;
import dev.sluice.engine.market.MarketEvent.TradePrint;
import java.util.List;

/** A recording played at another time: every time of every event is moved by the same amount. */
public final class ShiftedFeed implements MarketDataFeed {
  private final MarketDataFeed feed;
  private final long byUs;

  /** Moves a feed's first event to {@code startUs}. */
  public ShiftedFeed(MarketDataFeed feed, long startUs) {
    this.feed = feed;
    this.byUs = feed.nextTimeUs() == Long.MAX_VALUE ? 0 : startUs - feed.nextTimeUs();
  }

  @Override
  public List<String> symbols() {
    return feed.symbols();
  }

  @Override
  public long nextTimeUs() {
    long nextUs = feed.nextTimeUs();
    return nextUs == Long.MAX_VALUE ? nextUs : nextUs + byUs;
  }

  @Override
  public MarketEvent poll(long nowUs) {
    MarketEvent event = feed.poll(nowUs - byUs);
    return event == null ? null : shifted(event);
  }

  @Override
  public void close() {
    feed.close();
  }

  private MarketEvent shifted(MarketEvent event) {
    long exchangeUs = event.exchangeTimeUs() + byUs;
    long receiveUs = event.receiveTimeUs() + byUs;
    if (event instanceof BookDelta delta) {
      return new BookDelta(
          delta.symbol(),
          exchangeUs,
          receiveUs,
          delta.firstUpdateId(),
          delta.lastUpdateId(),
          delta.previousUpdateId(),
          delta.bidPrices(),
          delta.bidSizes(),
          delta.askPrices(),
          delta.askSizes());
    }
    if (event instanceof BookSnapshot snapshot) {
      return new BookSnapshot(
          snapshot.symbol(),
          exchangeUs,
          receiveUs,
          snapshot.lastUpdateId(),
          snapshot.bidPrices(),
          snapshot.bidSizes(),
          snapshot.askPrices(),
          snapshot.askSizes());
    }
    if (event instanceof BestQuote quote) {
      return new BestQuote(
          quote.symbol(),
          exchangeUs,
          receiveUs,
          quote.updateId(),
          quote.bid(),
          quote.bidSize(),
          quote.ask(),
          quote.askSize());
    }
    TradePrint trade = (TradePrint) event;
    return new TradePrint(
        trade.symbol(),
        exchangeUs,
        receiveUs,
        trade.tradeId(),
        trade.price(),
        trade.size(),
        trade.buyerIsMaker());
  }
}
