// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.Health;
import dev.sluice.schemas.codec.EventView;
import dev.sluice.schemas.codec.FillView;
import dev.sluice.schemas.codec.OrderView;
import dev.sluice.schemas.codec.TickView;
import java.math.BigDecimal;

/**
 * Finds values that cannot be: readable, but no market or engine can produce them. Each method
 * returns the reason in one sentence, or null when the record is plausible. Identity and time,
 * which all records have, are judged apart from the values. Pure.
 */
public final class Plausibility {
  /** Far above any price, size or amount, and small enough that sums of them stay exact. */
  private static final double MAX_AMOUNT = 1e12;

  /** Of a whole market, in a coin of which a million costs a cent, over a long gap. */
  private static final double MAX_VOLUME = 1e18;

  private static final double MAX_NOTIONAL = 1e8;

  /** Any number an engine can reach; larger ones would swamp the count of gaps. */
  private static final long MAX_SEQ = 1L << 50;

  /** The year 2255; and 2001, since which microseconds have sixteen digits. */
  private static final long MAX_TIME_US = 1L << 53;

  private static final long MIN_TIME_US = 1_000_000_000_000_000L;
  private static final int MAX_DIGITS = 60;
  private static final int MAX_SCALE = 30;
  private static final double MAX_MS = 1e12;

  private Plausibility() {}

  /** Null, or why this tick cannot be. */
  public static String of(TickView tick) {
    // One comparison chain for the good case: NaN and infinity fail each of them.
    if (tick.bid > 0
        && tick.ask >= tick.bid
        && tick.ask < MAX_AMOUNT
        && size(tick.bidSize)
        && size(tick.askSize)
        && ms(tick.totalMs)
        && ms(tick.deadlineMs)
        && ms(tick.fetchMdMs)
        && ms(tick.spreadMs)
        && ms(tick.guardsMs)
        && ms(tick.inventoryMs)
        && ms(tick.queueAwareMs)
        && ms(tick.emitMs)
        && ms(tick.cacheAgeMs)
        && amount(tick.position)
        && volume(tick.tradedQty)
        && ms(tick.queueEtaMs)) {
      return null;
    }
    return reason(tick);
  }

  private static String reason(TickView tick) {
    if (!price(tick.bid)) {
      return bad("bid", tick.bid);
    }
    if (!price(tick.ask)) {
      return bad("ask", tick.ask);
    }
    if (tick.bid > tick.ask) {
      return "bid " + tick.bid + " is above ask " + tick.ask;
    }
    if (!size(tick.bidSize)) {
      return bad("bid_size", tick.bidSize);
    }
    if (!size(tick.askSize)) {
      return bad("ask_size", tick.askSize);
    }
    if (!amount(tick.position)) {
      return bad("position", tick.position);
    }
    if (!volume(tick.tradedQty)) {
      return bad("traded_qty", tick.tradedQty);
    }
    String[] names = {
      "total_ms",
      "deadline_ms",
      "fetch_md_ms",
      "spread_ms",
      "guards_ms",
      "inventory_ms",
      "queue_aware_ms",
      "emit_ms",
      "cache_age_ms",
      "queue_eta_ms"
    };
    double[] values = {
      tick.totalMs,
      tick.deadlineMs,
      tick.fetchMdMs,
      tick.spreadMs,
      tick.guardsMs,
      tick.inventoryMs,
      tick.queueAwareMs,
      tick.emitMs,
      tick.cacheAgeMs,
      tick.queueEtaMs
    };
    for (int i = 0; i < values.length; i++) {
      if (!ms(values[i])) {
        return bad(names[i], values[i]);
      }
    }
    return null;
  }

  /** Null, or why this order step cannot be. */
  public static String of(OrderView order) {
    if (!size(order.price)) {
      return bad("price", order.price);
    }
    if (!size(order.qty)) {
      return bad("qty", order.qty);
    }
    if (!size(order.cumQty)) {
      return bad("cum_qty", order.cumQty);
    }
    return null;
  }

  /** Null, or why this fill cannot be. */
  public static String of(FillView fill) {
    if (!decimal(fill.price) || fill.price.signum() <= 0) {
      return "price " + brief(fill.price) + " is impossible";
    }
    if (!decimal(fill.qty) || fill.qty.signum() <= 0) {
      return "qty " + brief(fill.qty) + " is impossible";
    }
    if (fill.price.doubleValue() * fill.qty.doubleValue() > MAX_NOTIONAL) {
      return "notional above " + MAX_NOTIONAL + " is impossible";
    }
    if (!decimal(fill.fee)) {
      return "fee " + brief(fill.fee) + " is impossible";
    }
    if (!price(fill.quotePrice)) {
      return bad("quote_price", fill.quotePrice);
    }
    if (!price(fill.midAtQuote)) {
      return bad("mid_at_quote", fill.midAtQuote);
    }
    if (!price(fill.midAtFill)) {
      return bad("mid_at_fill", fill.midAtFill);
    }
    if (!ms(fill.quoteToFillMs)) {
      return bad("quote_to_fill_ms", fill.quoteToFillMs);
    }
    if (!amount(fill.positionAfter)) {
      return bad("position_after", fill.positionAfter);
    }
    // Edges beyond ±10,000 % are a wrong price, and would swamp every exact sum.
    if (Math.abs(FillEdges.captureBps(fill)) > 1e6) {
      return "price " + brief(fill.price) + " is nowhere near mid_at_fill " + fill.midAtFill;
    }
    if (Math.abs(FillEdges.slippageBps(fill)) > 1e6) {
      return "price " + brief(fill.price) + " is nowhere near quote_price " + fill.quotePrice;
    }
    if (fill.fee.abs().doubleValue() > MAX_NOTIONAL || Math.abs(FillEdges.feeBps(fill)) > 1e6) {
      return "fee " + brief(fill.fee) + " is impossible";
    }
    return null;
  }

  /** Null, or why this heartbeat cannot be. */
  public static String of(Health health) {
    if (health.rssBytes() < 0) {
      return "rss_bytes " + health.rssBytes() + " is impossible";
    }
    if (health.heapBytes() < 0) {
      return "heap_bytes " + health.heapBytes() + " is impossible";
    }
    double[] amounts = {
      health.equity(), health.realisedPnl(), health.unrealisedPnl(), health.dayStartEquity()
    };
    String[] names = {"equity", "realised_pnl", "unrealised_pnl", "day_start_equity"};
    for (int i = 0; i < amounts.length; i++) {
      if (!amount(amounts[i])) {
        return bad(names[i], amounts[i]);
      }
    }
    return null;
  }

  /** Null, or why a record with this number cannot be identified. */
  public static String ofIdentity(EventView event) {
    boolean possible = event.seq > 0 && event.seq <= MAX_SEQ;
    return possible ? null : "seq " + event.seq + " is impossible";
  }

  /** Null, or why a record with this time cannot be placed anywhere. */
  public static String ofTime(long eventTimeUs) {
    boolean possible = eventTimeUs >= MIN_TIME_US && eventTimeUs <= MAX_TIME_US;
    return possible ? null : "event_time_us " + eventTimeUs + " is impossible";
  }

  private static boolean price(double value) {
    return value > 0 && value < MAX_AMOUNT;
  }

  private static boolean amount(double value) {
    return Math.abs(value) < MAX_AMOUNT;
  }

  private static boolean size(double value) {
    return value >= 0 && value < MAX_AMOUNT;
  }

  private static boolean volume(double value) {
    return value >= 0 && value < MAX_VOLUME;
  }

  private static boolean ms(double value) {
    return value >= 0 && value < MAX_MS;
  }

  /** Digits and scale that arithmetic can afford: 1e999999999 is legal JSON. */
  private static boolean decimal(BigDecimal value) {
    return value.precision() <= MAX_DIGITS && Math.abs(value.scale()) <= MAX_SCALE;
  }

  private static String bad(String name, double value) {
    return name + " " + value + " is impossible";
  }

  private static String brief(BigDecimal value) {
    return decimal(value) ? value.toPlainString() : "of scale " + value.scale();
  }
}
