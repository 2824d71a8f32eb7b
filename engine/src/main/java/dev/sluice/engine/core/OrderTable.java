// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.gate.WorkingOrder;
import dev.sluice.engine.market.Instrument;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The engine's orders: those that may still trade, and the newest that have ended, because a venue
 * may speak of them late. Not thread-safe.
 */
final class OrderTable {
  private static final int REMEMBERED = 4_096;
  private static final long UNFILLED_AFTER_US = 300_000_000L;

  private final Map<String, LiveOrder> live = new LinkedHashMap<>();
  private final Map<String, LiveOrder> ended =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LiveOrder> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Takes an order in, under what its state says it is. */
  void put(LiveOrder order) {
    if (order.state().terminal()) {
      live.remove(order.clientOrderId());
      ended.put(order.clientOrderId(), order);
    } else {
      live.put(order.clientOrderId(), order);
    }
  }

  /** An order that may still trade or has ended lately, or null. */
  LiveOrder find(String clientOrderId) {
    LiveOrder order = live.get(clientOrderId);
    return order != null ? order : ended.get(clientOrderId);
  }

  LiveOrder findLive(String clientOrderId) {
    return live.get(clientOrderId);
  }

  /** The order the venue calls so, or null; slow, for reports that lack our id. */
  LiveOrder findByVenueId(String venueOrderId) {
    if (venueOrderId != null) {
      for (LiveOrder order : live.values()) {
        if (venueOrderId.equals(order.venueOrderId())) {
          return order;
        }
      }
    }
    return null;
  }

  /** The order of this symbol, side and purpose that is not terminal, or null. */
  LiveOrder live(String symbol, Side side, Purpose purpose) {
    for (LiveOrder order : live.values()) {
      if (order.side() == side && order.purpose() == purpose && order.symbol().equals(symbol)) {
        return order;
      }
    }
    return null;
  }

  /** Quotes of a symbol that may still trade: a copy, so that cancelling while walking is safe. */
  List<LiveOrder> quotes(String symbol) {
    List<LiveOrder> quotes = new ArrayList<>();
    for (LiveOrder order : live.values()) {
      if (order.isQuote() && order.symbol().equals(symbol)) {
        quotes.add(order);
      }
    }
    return quotes;
  }

  boolean awaitsAck(String symbol) {
    for (LiveOrder order : live.values()) {
      if (order.state() == OrderState.SUBMITTED && order.symbol().equals(symbol)) {
        return true;
      }
    }
    return false;
  }

  /** Those that may still trade, to walk while nothing changes. */
  Collection<LiveOrder> walk() {
    return live.values();
  }

  /** Those that may still trade: a copy, so that cancelling while walking is safe. */
  List<LiveOrder> all() {
    return List.copyOf(live.values());
  }

  /** Unfilled quantity of one symbol and side. */
  BigDecimal remaining(String symbol, Side side) {
    BigDecimal sum = BigDecimal.ZERO;
    for (LiveOrder order : live.values()) {
      if (order.side() == side && order.symbol().equals(symbol)) {
        sum = sum.add(order.remaining());
      }
    }
    return sum;
  }

  List<OpenOrder> openOrders() {
    List<OpenOrder> open = new ArrayList<>();
    for (LiveOrder order : live.values()) {
      LiveOrder.Intent intent = order.intent();
      open.add(
          new OpenOrder(
              order.clientOrderId(), intent.symbol(), intent.side(), intent.qty(), order.cumQty()));
    }
    return open;
  }

  List<WorkingOrder> working() {
    List<WorkingOrder> working = new ArrayList<>();
    for (LiveOrder order : live.values()) {
      working.add(
          new WorkingOrder(
              order.clientOrderId(),
              order.symbol(),
              order.side(),
              order.remaining(),
              order.purpose(),
              order.mark().arm()));
    }
    return working;
  }

  /** What the open orders bind, by asset: base for sells, quote for priced buys. */
  Map<String, BigDecimal> held() {
    Map<String, BigDecimal> held = new HashMap<>();
    for (LiveOrder order : live.values()) {
      Instrument instrument = Instrument.of(order.symbol());
      BigDecimal price = order.intent().price();
      if (order.side() == Side.SELL) {
        held.merge(instrument.baseAsset(), order.remaining(), BigDecimal::add);
      } else if (price != null) {
        held.merge(instrument.quoteAsset(), order.remaining().multiply(price), BigDecimal::add);
      }
    }
    return held;
  }

  int openCount() {
    return live.size();
  }

  /** Orders open for longer than five minutes. */
  long unfilledCount(long nowUs) {
    long count = 0;
    for (LiveOrder order : live.values()) {
      if (nowUs - order.submittedAtUs() > UNFILLED_AFTER_US) {
        count++;
      }
    }
    return count;
  }

  void hash(StateHash hash) {
    for (LiveOrder order : live.values()) {
      hash.add(order.clientOrderId()).add(order.state().name()).add(order.cumQty());
    }
  }
}
