// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.market.OrderBook;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;

/** The venue's reasons to refuse an order; null means it may pass. */
final class OrderChecks {
  private OrderChecks() {}

  /** Steps and limits of the instrument. An order that shrinks the position may be of any size. */
  static String shape(NewOrder order, PaperMatching matching, BigDecimal position) {
    var instrument = matching.instrument();
    boolean market = order.type() == OrderType.MARKET;
    if (market != (order.price() == null)) {
      return market ? "a market order has no price" : "price missing";
    }
    if (!market
        && (order.price().signum() <= 0 || !multiple(order.price(), instrument.tickSize()))) {
      return "price is no multiple of the tick size " + instrument.tickSize().toPlainString();
    }
    if (order.qty().signum() <= 0 || !multiple(order.qty(), instrument.lotSize())) {
      return "quantity is no multiple of the lot size " + instrument.lotSize().toPlainString();
    }
    if (!matching.book().valid()) {
      return "no market";
    }
    BigDecimal price = market ? BigDecimal.valueOf(matching.book().mid()) : order.price();
    if (!reduces(order, position)
        && price.multiply(order.qty()).compareTo(instrument.minNotional()) < 0) {
      return "notional below " + instrument.minNotional().toPlainString();
    }
    if (order.type() == OrderType.POST_ONLY
        && matching.crosses(order.side(), order.price().doubleValue())) {
      return "post-only order would cross";
    }
    return null;
  }

  /** Whether the free balance covers the order with its taker fee. */
  static String funds(
      NewOrder order,
      OrderBook book,
      BigDecimal freeBase,
      BigDecimal freeQuote,
      BigDecimal takerFeeRatio) {
    if (order.side() == Side.SELL) {
      return order.qty().compareTo(freeBase) > 0 ? "insufficient base balance" : null;
    }
    BigDecimal price = order.price() == null ? BigDecimal.valueOf(book.bestAsk()) : order.price();
    BigDecimal needed =
        price
            .multiply(order.qty())
            .multiply(BigDecimal.ONE.add(takerFeeRatio.max(BigDecimal.ZERO)));
    return needed.compareTo(freeQuote) > 0 ? "insufficient quote balance" : null;
  }

  private static boolean reduces(NewOrder order, BigDecimal position) {
    return position.signum() == -order.side().sign() && order.qty().compareTo(position.abs()) <= 0;
  }

  private static boolean multiple(BigDecimal value, BigDecimal step) {
    return value.remainder(step).signum() == 0;
  }
}
