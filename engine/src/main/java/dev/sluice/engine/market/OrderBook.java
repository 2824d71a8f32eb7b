// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import dev.sluice.engine.market.MarketEvent.BestQuote;
import dev.sluice.engine.market.MarketEvent.BookDelta;
import dev.sluice.engine.market.MarketEvent.BookSnapshot;
import dev.sluice.schemas.Side;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The book of one symbol, kept from snapshots, deltas and best quotes by their update ids.
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>A delta covers the ids (p, u], where p is its previous id where the venue sends it (futures
 *       {@code pu}) and {@code U − 1} elsewhere (spot). It fits when p equals the book's last id,
 *       or, just after a snapshot with id S, when p ≤ S &lt; u. One with u ≤ last is old and
 *       ignored.
 *   <li>A delta that does not fit is a sequence break: it is counted, the book is emptied and not
 *       {@link #valid()}, and starts anew from this delta, as at the very start.
 *   <li>A book is valid once it has seen a snapshot or a best quote since its start. Many captures
 *       have no snapshot: their book grows from deltas and best quotes and is exact for every level
 *       seen since.
 *   <li>A snapshot may be older than deltas already applied (it travels by another way): the deltas
 *       since the start are kept (a bounded number) and applied again on top of it.
 *   <li>A best quote with an id above the book's is newer than it: every level better than the
 *       quote is stale and pruned, and the quoted levels take the quoted sizes. Deltas that are
 *       still older than the quote are applied and the quote is laid over them again. An older
 *       quote says nothing new. While there has been no delta at all, a quote replaces the book.
 *   <li>The book is never crossed: should a delta or snapshot cross it in spite of these rules, the
 *       crossing levels of the side it did not touch last are pruned and the repair is counted. A
 *       crossed best quote is counted and ignored.
 * </ul>
 *
 * <p>Prices and sizes are doubles in quote and base units. Not thread-safe.
 */
public final class OrderBook {
  /** Deltas kept for a late snapshot. */
  static final int MAX_EARLY_DELTAS = 1_024;

  private static final long NONE = -1;
  private static final double ROUNDING = 1e-9;

  private final String symbol;
  private final BookSide bids = new BookSide(Side.BUY);
  private final BookSide asks = new BookSide(Side.SELL);
  private final Deque<BookDelta> earlyDeltas = new ArrayDeque<>();

  private long lastUpdateId = NONE;
  private boolean justAfterSnapshot;
  private boolean snapshotSeen;
  private BestQuote newestQuote;

  private long sequenceBreaks;
  private long staleEvents;
  private long crossedQuotes;
  private long crossRepairs;

  public OrderBook(String symbol) {
    this.symbol = symbol;
  }

  /**
   * Applies one event; trades and events of other symbols change nothing.
   *
   * @return true when the book may have changed
   */
  public boolean apply(MarketEvent event) {
    if (!event.symbol().equals(symbol)) {
      return false;
    }
    if (event instanceof BookDelta delta) {
      return onDelta(delta);
    }
    if (event instanceof BestQuote quote) {
      return onQuote(quote);
    }
    if (event instanceof BookSnapshot snapshot) {
      return onSnapshot(snapshot);
    }
    return false;
  }

  /** Takes volume out of a level, as an order that executes does; the next update overrides it. */
  public void consume(Side side, double price, double size) {
    BookSide levels = levels(side);
    double left = levels.sizeAt(price) - size;
    levels.set(price, left > size * ROUNDING ? left : 0);
  }

  /** Whether the book can be traded on: in sequence, anchored and with both sides. */
  public boolean valid() {
    return (snapshotSeen || newestQuote != null) && bids.count() > 0 && asks.count() > 0;
  }

  public String symbol() {
    return symbol;
  }

  /** Best bid, NaN when there is none. */
  public double bestBid() {
    return bids.price(0);
  }

  /** Best ask, NaN when there is none. */
  public double bestAsk() {
    return asks.price(0);
  }

  public double bestBidSize() {
    return bids.size(0);
  }

  public double bestAskSize() {
    return asks.size(0);
  }

  /** (bid + ask) / 2, NaN when a side is empty. */
  public double mid() {
    return (bestBid() + bestAsk()) / 2;
  }

  /** Best ask minus best bid, quote units; NaN when a side is empty. */
  public double spread() {
    return bestAsk() - bestBid();
  }

  /** Number of levels of the bids (BUY) or asks (SELL). */
  public int depth(Side side) {
    return levels(side).count();
  }

  /** Price of the level with the given rank, 0 the best; NaN when there is none. */
  public double price(Side side, int rank) {
    return levels(side).price(rank);
  }

  /** Size of the level with the given rank, 0 the best; 0 when there is none. */
  public double size(Side side, int rank) {
    return levels(side).size(rank);
  }

  /** Displayed size at exactly this price, 0 when there is no such level. */
  public double sizeAt(Side side, double price) {
    return levels(side).sizeAt(price);
  }

  /** Displayed size at this price and at better ones. */
  public double volumeTo(Side side, double price) {
    return levels(side).volumeTo(price);
  }

  /** Last update id applied by a snapshot or delta, -1 before the first. */
  public long lastUpdateId() {
    return lastUpdateId;
  }

  /** Deltas that did not fit: each emptied the book. */
  public long sequenceBreaks() {
    return sequenceBreaks;
  }

  /** Events older than the book, ignored. */
  public long staleEvents() {
    return staleEvents;
  }

  /** Best quotes with bid ≥ ask, ignored. */
  public long crossedQuotes() {
    return crossedQuotes;
  }

  /** Times the book would have been crossed and was repaired. */
  public long crossRepairs() {
    return crossRepairs;
  }

  private BookSide levels(Side side) {
    return side == Side.BUY ? bids : asks;
  }

  private boolean onDelta(BookDelta delta) {
    if (lastUpdateId != NONE) {
      if (delta.lastUpdateId() <= lastUpdateId) {
        staleEvents++;
        return false;
      }
      if (!fits(delta)) {
        sequenceBreaks++;
        restart();
      }
    }
    if (!snapshotSeen) {
      if (earlyDeltas.size() == MAX_EARLY_DELTAS) {
        earlyDeltas.removeFirst();
      }
      earlyDeltas.addLast(delta);
    }
    applyLevels(delta);
    layQuoteOver();
    repairCross(delta.bidPrices().length == 0);
    return true;
  }

  private boolean fits(BookDelta delta) {
    long previous = previousId(delta);
    return justAfterSnapshot ? previous <= lastUpdateId : previous == lastUpdateId;
  }

  private static long previousId(BookDelta delta) {
    return delta.previousUpdateId() >= 0 ? delta.previousUpdateId() : delta.firstUpdateId() - 1;
  }

  private void applyLevels(BookDelta delta) {
    set(bids, delta.bidPrices(), delta.bidSizes());
    set(asks, delta.askPrices(), delta.askSizes());
    lastUpdateId = delta.lastUpdateId();
    justAfterSnapshot = false;
  }

  private static void set(BookSide side, double[] prices, double[] sizes) {
    for (int i = 0; i < prices.length; i++) {
      side.set(prices[i], sizes[i]);
    }
  }

  private void layQuoteOver() {
    if (newestQuote != null && newestQuote.updateId() > lastUpdateId) {
      lay(bids, newestQuote.bid(), newestQuote.bidSize());
      lay(asks, newestQuote.ask(), newestQuote.askSize());
    }
  }

  private static void lay(BookSide side, double price, double size) {
    side.pruneBetterThan(price);
    side.set(price, size);
  }

  private void repairCross(boolean keepAsks) {
    if (bids.count() > 0 && asks.count() > 0 && bids.price(0) >= asks.price(0)) {
      crossRepairs++;
      while (bids.count() > 0 && asks.count() > 0 && bids.price(0) >= asks.price(0)) {
        BookSide weaker = keepAsks ? bids : asks;
        weaker.set(weaker.price(0), 0);
      }
    }
  }

  private boolean onQuote(BestQuote quote) {
    if (!(quote.bid() < quote.ask())) {
      crossedQuotes++;
      return false;
    }
    if (newestQuote != null && quote.updateId() < newestQuote.updateId()) {
      staleEvents++;
      return false;
    }
    newestQuote = quote;
    if (lastUpdateId == NONE) {
      bids.clear();
      asks.clear();
    }
    layQuoteOver();
    return true;
  }

  private boolean onSnapshot(BookSnapshot snapshot) {
    boolean older = lastUpdateId != NONE && snapshot.lastUpdateId() < lastUpdateId;
    if (older && (snapshotSeen || !reachesBackTo(snapshot.lastUpdateId()))) {
      staleEvents++;
      return false;
    }
    bids.clear();
    asks.clear();
    set(bids, snapshot.bidPrices(), snapshot.bidSizes());
    set(asks, snapshot.askPrices(), snapshot.askSizes());
    lastUpdateId = snapshot.lastUpdateId();
    justAfterSnapshot = true;
    snapshotSeen = true;
    for (BookDelta delta : earlyDeltas) {
      if (delta.lastUpdateId() > lastUpdateId) {
        applyLevels(delta);
      }
    }
    earlyDeltas.clear();
    layQuoteOver();
    repairCross(false);
    return true;
  }

  private boolean reachesBackTo(long snapshotId) {
    return !earlyDeltas.isEmpty() && previousId(earlyDeltas.peekFirst()) <= snapshotId;
  }

  private void restart() {
    bids.clear();
    asks.clear();
    earlyDeltas.clear();
    lastUpdateId = NONE;
    justAfterSnapshot = false;
    snapshotSeen = false;
    newestQuote = null;
  }
}
