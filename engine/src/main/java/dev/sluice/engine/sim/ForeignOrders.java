// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;

/**
 * Orders that rest on the account without having come through the engine's connection: buys far
 * below the market in the first symbol. The engine is told nothing of them. Not thread-safe.
 */
final class ForeignOrders {
  private static final double SHARE_OF_BID = 0.9;

  private final Instrument instrument;
  private final Map<String, BigDecimal> resting = new TreeMap<>();

  ForeignOrders(Instrument instrument) {
    this.instrument = instrument;
  }

  boolean holds(String clientOrderId) {
    return !resting.isEmpty() && resting.containsKey(clientOrderId);
  }

  /** Brings what rests to what is wanted; waits while there is no market. */
  void follow(Map<String, BigDecimal> wanted, PaperExchange exchange, long nowUs) {
    if (wanted.isEmpty() && resting.isEmpty()) {
      return;
    }
    for (String id : Map.copyOf(resting).keySet()) {
      if (!wanted.containsKey(id)) {
        exchange.cancel(id, nowUs);
        resting.remove(id);
      }
    }
    OrderBook book = exchange.book(instrument.symbol());
    if (book.valid()) {
      BigDecimal price = instrument.roundPrice(book.bestBid() * SHARE_OF_BID, RoundingMode.FLOOR);
      wanted.forEach((id, qty) -> place(id, qty, price, exchange));
    }
  }

  private void place(String id, BigDecimal qty, BigDecimal price, PaperExchange exchange) {
    if (resting.putIfAbsent(id, qty) == null) {
      exchange.rest(new NewOrder(id, instrument.symbol(), Side.BUY, OrderType.LIMIT, price, qty));
    }
  }
}
