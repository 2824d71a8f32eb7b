// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.market.MarketEvent.TradePrint;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Matching of one symbol: own orders against what the market shows and trades. The market does not
 * react to own orders; volume they take is gone until the level's next update.
 *
 * <p>A resting order fills when a trade at its price reaches past the volume ahead, completely when
 * a trade goes through its price, and against the displayed opposite volume when the book moves
 * onto or through its price.
 */
final class PaperMatching {
  /** Told of each execution before the order's state is read again. */
  interface Executions {
    void executed(PaperOrder order, BigDecimal price, long lots, Liquidity liquidity);

    /** Whether a resting order is passed over by what trades now. */
    boolean passedOver(PaperOrder order);
  }

  private final Instrument instrument;
  private final double cancelAheadShare;
  private final Executions executions;
  private final OrderBook book;
  private final List<PaperOrder> resting = new ArrayList<>();

  PaperMatching(Instrument instrument, double cancelAheadShare, Executions executions) {
    this.instrument = instrument;
    this.cancelAheadShare = cancelAheadShare;
    this.executions = executions;
    this.book = new OrderBook(instrument.symbol());
  }

  OrderBook book() {
    return book;
  }

  Instrument instrument() {
    return instrument;
  }

  List<PaperOrder> resting() {
    return resting;
  }

  void onMarket(MarketEvent event) {
    if (event instanceof TradePrint trade) {
      onTrade(trade);
    } else if (book.apply(event) && !resting.isEmpty() && book.valid()) {
      lookAtQueues();
      fillCrossed();
    }
  }

  /** Whether an order at this price would take at once. */
  boolean crosses(Side side, double price) {
    return side == Side.BUY ? price >= book.bestAsk() : price <= book.bestBid();
  }

  /**
   * Takes displayed volume up to the order's limit, or without one as far as the book goes.
   *
   * @param mostLots at most so many of the order's lots
   */
  void take(PaperOrder order, long mostLots) {
    Side opposite = order.side.opposite();
    while (order.filledLots < mostLots && order.leftLots() > 0 && book.depth(opposite) > 0) {
      double best = book.price(opposite, 0);
      if (!Double.isNaN(order.price) && !crosses(order.side, order.price)) {
        return;
      }
      long left = Math.min(mostLots - order.filledLots, order.leftLots());
      fillAgainstLevel(order, left, best, BigDecimal.valueOf(best), Liquidity.TAKER);
    }
  }

  /** Fills all that is left of a resting order at its own price. */
  void fill(PaperOrder order) {
    resting.remove(order);
    execute(order, order.request.price(), order.leftLots(), Liquidity.MAKER);
  }

  /** Puts what is left of an order at the back of its level. */
  void rest(PaperOrder order) {
    double displayed = book.sizeAt(order.side, order.price);
    order.queue = new QueuePosition(displayed, cancelAheadShare);
    order.queueAheadAtJoin = displayed;
    order.bookBreaks = book.sequenceBreaks();
    resting.add(order);
  }

  void remove(PaperOrder order) {
    resting.remove(order);
  }

  private void onTrade(TradePrint trade) {
    Side hit = trade.buyerIsMaker() ? Side.BUY : Side.SELL;
    double ownFilled = 0;
    for (int i = 0; i < resting.size(); i++) {
      PaperOrder order = resting.get(i);
      double beyond = (order.price - trade.price()) * hit.sign();
      if (order.side != hit || beyond < 0) {
        continue;
      }
      double reach = beyond > 0 ? Double.MAX_VALUE : order.queue.onTrade(trade.size()) - ownFilled;
      if (executions.passedOver(order)) {
        continue;
      }
      long lots = beyond > 0 ? order.leftLots() : order.wholeLots(Math.max(0, reach));
      lots = Math.min(lots, order.leftLots());
      if (lots > 0) {
        ownFilled += beyond > 0 ? 0 : order.qty(lots).doubleValue();
        execute(order, order.request.price(), lots, Liquidity.MAKER);
      }
    }
    resting.removeIf(order -> order.leftLots() == 0);
  }

  private void lookAtQueues() {
    for (PaperOrder order : resting) {
      double displayed = book.sizeAt(order.side, order.price);
      if (order.bookBreaks == book.sequenceBreaks()) {
        order.queue.onDisplayed(displayed);
      } else {
        order.queue.reanchor(displayed);
        order.bookBreaks = book.sequenceBreaks();
      }
    }
  }

  private void fillCrossed() {
    for (PaperOrder order : resting) {
      Side opposite = order.side.opposite();
      if (executions.passedOver(order)) {
        continue;
      }
      while (order.leftLots() > 0 && book.depth(opposite) > 0 && crosses(order.side, order.price)) {
        double best = book.price(opposite, 0);
        fillAgainstLevel(order, order.leftLots(), best, order.request.price(), Liquidity.MAKER);
      }
    }
    resting.removeIf(order -> order.leftLots() == 0);
  }

  private void fillAgainstLevel(
      PaperOrder order, long mostLots, double level, BigDecimal price, Liquidity liquidity) {
    Side opposite = order.side.opposite();
    double displayed = book.sizeAt(opposite, level);
    long lots = Math.min(mostLots, order.wholeLots(displayed));
    if (lots == 0) {
      book.consume(opposite, level, displayed);
      return;
    }
    book.consume(opposite, level, order.qty(lots).doubleValue());
    execute(order, price, lots, liquidity);
  }

  private void execute(PaperOrder order, BigDecimal price, long lots, Liquidity liquidity) {
    order.filledLots += lots;
    executions.executed(order, price, lots, liquidity);
  }
}
