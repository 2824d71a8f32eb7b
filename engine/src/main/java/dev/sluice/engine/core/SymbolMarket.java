// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.market.MarketEvent.TradePrint;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.schemas.Side;

/**
 * The market of one symbol as the feed tells it: the book, when it last changed, and how much its
 * mid moves. Not thread-safe.
 */
public final class SymbolMarket {
  private static final long SAMPLE_US = 1_000_000L;
  private static final double HALF_LIFE_S = 120.0;
  private static final double BPS = 1e4;
  private static final double SECONDS_PER_MINUTE = 60.0;

  private final OrderBook book;
  private long changedUs = Long.MIN_VALUE;
  private long version;
  private double sampleMid = Double.NaN;
  private long sampleUs;
  private double variancePerSecond;
  private final TradedRate traded = new TradedRate();
  private boolean printsSeen;
  private double printedQty;
  private boolean printedTaken;

  public SymbolMarket(String symbol) {
    this.book = new OrderBook(symbol);
  }

  /** Takes one event of this symbol. */
  public void apply(MarketEvent event) {
    if (event instanceof TradePrint trade) {
      traded.onTrade(trade);
      printsSeen = true;
      printedQty += trade.size();
    }
    if (book.apply(event)) {
      changedUs = event.receiveTimeUs();
      version++;
      if (book.valid()) {
        sample(event.receiveTimeUs());
      }
    }
  }

  /** True when both sides are known. */
  public boolean valid() {
    return book.valid();
  }

  public OrderBook book() {
    return book;
  }

  /** Rises with each change of the book. */
  public long version() {
    return version;
  }

  /** Volume traded at a side, base units per second; NaN when not known, see {@link TradedRate}. */
  double tradedPerSecond(Side side, long nowUs) {
    return traded.perSecond(side, nowUs);
  }

  /**
   * Volume of the trades since the call before, base units. NaN while no trade was ever seen, and
   * at the first call, which nothing precedes but the play up to the start.
   */
  double takeTradedQty() {
    double qty = printsSeen && printedTaken ? printedQty : Double.NaN;
    printedQty = 0.0;
    printedTaken = true;
    return qty;
  }

  /** What the book says now. */
  public MarketData snapshot(long nowUs) {
    return new MarketData(
        book.bestBid(),
        book.bestAsk(),
        book.bestBidSize(),
        book.bestAskSize(),
        volatilityBps(),
        nowUs,
        changedUs);
  }

  /**
   * Volatility in bps per square root of a minute: exponentially weighted mean of squared returns
   * per second, half-life two minutes.
   */
  public double volatilityBps() {
    return Math.sqrt(variancePerSecond * SECONDS_PER_MINUTE);
  }

  private void sample(long nowUs) {
    double mid = book.mid();
    if (Double.isNaN(sampleMid)) {
      sampleMid = mid;
      sampleUs = nowUs;
      return;
    }
    long elapsedUs = nowUs - sampleUs;
    if (elapsedUs < SAMPLE_US) {
      return;
    }
    double elapsedS = elapsedUs / 1e6;
    double returnBps = (mid / sampleMid - 1.0) * BPS;
    double keep = StrictMath.pow(0.5, elapsedS / HALF_LIFE_S);
    variancePerSecond =
        keep * variancePerSecond + (1.0 - keep) * (returnBps * returnBps / elapsedS);
    sampleMid = mid;
    sampleUs = nowUs;
  }
}
