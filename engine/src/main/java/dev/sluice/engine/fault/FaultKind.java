// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.fault;

import java.util.EnumSet;
import java.util.Set;

/**
 * What can be injected, and the parameters each kind knows. A kind that spoils one record or the
 * clock knows {@code take: 1}: the engine crosses the spread once at the fault's start, so that
 * there is something to be spoiled at once.
 */
public enum FaultKind {
  /** A share {@code miss_ratio} of passes takes {@code extra_ms} longer: the latency model. */
  DEADLINE_STORM(Layer.ENGINE, "miss_ratio", "extra_ms"),
  /** A share {@code miss_ratio} of cache lookups finds its entry expired: the cache. */
  CACHE_MISS(Layer.ENGINE, "miss_ratio"),
  /** The taker cap is ignored and the engine crosses the spread {@code every_s} seconds. */
  TAKER_FLOW(Layer.ENGINE, "every_s"),
  /** Resident memory grows by {@code mb_per_h} and stays: the memory model. */
  MEMORY_LEAK(Layer.ENGINE, "mb_per_h"),
  /** The venue's API fails, so the breaker opens. */
  BREAKER_OPEN(Layer.ENGINE),
  /** The trading loop stops: nothing is published or acknowledged; the venue goes on. */
  SILENCE(Layer.ENGINE),
  /** Ticks are lost after their number is assigned; everything else goes on. */
  HOLE(Layer.ENGINE),
  /** The engine buys until it holds {@code notional}, keeps that, and hedges it at the end. */
  INVENTORY_OFF(Layer.ENGINE, "notional"),
  /**
   * Arm B's quotes are sent {@code bps} through the price meant, but not so far that they cross;
   * {@code quote_price} tells the price meant.
   */
  ARM_B_SLIPPAGE(Layer.ENGINE, "bps"),
  /** Every pass of arm B takes {@code extra_ms} longer. */
  ARM_B_SLOW(Layer.ENGINE, "extra_ms"),
  /** The engine ignores the taker cap and crosses the spread {@code every_s} seconds in arm B. */
  ARM_B_TAKER(Layer.ENGINE, "every_s"),

  /** The venue's fees are multiplied by {@code factor}, in what it reports and in its own books. */
  FEES_WRONG(Layer.DRIFT, "factor"),
  /**
   * A share of the resting orders is not filled, whatever trades at or through its price, while the
   * fault lasts.
   */
  FILLS_SHY(Layer.DRIFT, "share"),
  /** The engine sees the market {@code ms} late; the venue sees it as it is. */
  MARKET_LAG(Layer.DRIFT, "ms"),
  /** A share of the submissions is rejected by the venue. */
  REJECT_SHARE(Layer.DRIFT, "share", "most"),

  /** A share of the venue's reports arrives twice, the second {@code after_ms} later. */
  REPORT_DUPLICATED(Layer.VENUE, "share", "most", "after_ms"),
  /** A share of the reports is late by up to {@code within_ms}, and others overtake it. */
  REPORT_REORDERED(Layer.VENUE, "share", "most", "within_ms"),
  /** A share of the reports that a cancel is done never arrives; {@code fills: 1}: of all fills. */
  REPORT_DROPPED(Layer.VENUE, "share", "most", "fills"),
  /** A share of the acknowledgements arrives {@code delay_ms} late; others overtake it. */
  ACK_DELAYED(Layer.VENUE, "share", "most", "delay_ms"),
  /** A share of the acknowledgements never arrives. */
  ACK_LOST(Layer.VENUE, "share", "most"),
  /**
   * Of a share of the market orders only {@code part} is filled; the rest expires, or with {@code
   * rests: 1} stays open until it is cancelled.
   */
  HEDGE_PARTIAL(Layer.VENUE, "share", "most", "part", "rests"),
  /** A share of the cancels finds its order filled while the cancel was on its way. */
  CANCEL_RACE(Layer.VENUE, "share", "most"),
  /** The venue's clock is {@code skew_ms} ahead; afterwards it is slowed until it is right. */
  CLOCK_SKEWED(Layer.VENUE, "take", "skew_ms"),
  /** The venue's clock stands still; afterwards it jumps to the right time. */
  CLOCK_STALLED(Layer.VENUE, "take"),
  /** The venue's clock falls back by {@code back_ms}; afterwards it jumps to the right time. */
  CLOCK_BACKWARD(Layer.VENUE, "take", "back_ms"),
  /** The venue cannot make its snapshots: status FAILED, and nothing in them. */
  SNAPSHOT_FAILED(Layer.VENUE),
  /** The venue's snapshots lack their positions and open orders: status PARTIAL. */
  SNAPSHOT_PARTIAL(Layer.VENUE),
  /** The cumulative fees of the venue's snapshots are multiplied by {@code factor}. */
  FEES_FELL(Layer.VENUE, "factor"),
  /** The cumulative fees of the venue's snapshots stay as they are; its turnover goes on. */
  FEES_STUCK(Layer.VENUE),
  /** An order of {@code qty} that the engine has never heard of rests on its account. */
  ORDER_FOREIGN(Layer.VENUE, "qty"),

  /** The first fill is not published before the fault's end. */
  FILL_LOST(Layer.BOOK, "take"),
  /** With the first fill another one is published, which has never been. */
  FILL_PHANTOM(Layer.BOOK, "take"),
  /** The first fill is published twice. */
  FILL_TWICE(Layer.BOOK, "take"),
  /** The quantity of the first fill is multiplied by {@code factor}. */
  FILL_QTY_WRONG(Layer.BOOK, "take", "factor"),
  /** The price of the first fill is {@code bps} too high. */
  FILL_PRICE_WRONG(Layer.BOOK, "take", "bps"),
  /** The fee of the first fill is {@code excess} quote units too high. */
  FILL_FEE_WRONG(Layer.BOOK, "take", "excess"),
  /** The first order that ends gives its id to another intent, which is sent and rejected. */
  ORDER_ID_REUSED(Layer.BOOK, "take"),
  /** The first submission is published twice. */
  ORDER_TWICE(Layer.BOOK, "take"),
  /** The first order that ends is acknowledged once more. */
  ORDER_MOVE_ILLEGAL(Layer.BOOK, "take"),
  /**
   * The first order that is partly filled has half of its cumulative quantity in a second record; a
   * market order that is filled at once has two such records before.
   */
  ORDER_CUM_FELL(Layer.BOOK, "take"),
  /** With the first intent another one is published, of which nothing is heard again. */
  INTENT_UNFINISHED(Layer.BOOK, "take"),
  /** The first submission is given up at once, long before the time-out. */
  TIMEOUT_EARLY(Layer.BOOK, "take"),
  /** The engine's ledger has {@code ratio} too much of the quote asset. */
  BALANCE_WRONG(Layer.BOOK, "ratio"),
  /** The engine's ledger has {@code qty} base units too much of the symbol traded last. */
  POSITION_WRONG(Layer.BOOK, "qty"),
  /** The engine's ledger holds an order that has never been. */
  ORDER_PHANTOM(Layer.BOOK),
  /** An order of {@code qty} that the engine has sent and that rests is not in its ledger. */
  ORDER_MISSING(Layer.BOOK, "qty");

  /** Where a fault is injected. */
  public enum Layer {
    /** Into the engine's work: its latency, cache, memory, loop. */
    ENGINE,
    /** Into what an engine and its shadow have in common, so that they drift apart. */
    DRIFT,
    /** Into the way between venue and engine, or the venue's clock and snapshots. */
    VENUE,
    /** Into what the engine publishes of its orders, fills and books. */
    BOOK
  }

  private final Layer layer;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
  private final Set<String> parameters;

  FaultKind(Layer layer, String... parameters) {
    this.layer = layer;
    this.parameters = Set.of(parameters);
  }

  public Layer layer() {
    return layer;
  }

  /** Names of the numbers that may stand under {@code params}. */
  public Set<String> parameters() {
    return parameters;
  }

  /** All kinds of a layer. */
  public static Set<FaultKind> of(Layer layer) {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    for (FaultKind kind : values()) {
      if (kind.layer == layer) {
        kinds.add(kind);
      }
    }
    return kinds;
  }
}
