// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.core.QueueAwareStage.Advice;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.engine.venue.Venue;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;

/** Brings the live quotes of one symbol to what a pass says. Not thread-safe. */
final class QuoteDesk {
  private static final int MAX_ATTEMPTS = 3;
  private static final double BPS = 1e4;
  private static final double US_PER_MS = 1_000.0;
  private static final double MAX_ETA_MS = 86_400_000.0;

  private final Instrument instrument;
  private final String symbol;
  private final SymbolMarket market;
  private final Venue venue;
  private final Orders orders;
  private final FaultPlan faults;
  private final Map<Side, LiveOrder> rejected = new EnumMap<>(Side.class);

  QuoteDesk(
      Instrument instrument, SymbolMarket market, Venue venue, Orders orders, FaultPlan faults) {
    this.instrument = instrument;
    this.symbol = instrument.symbol();
    this.market = market;
    this.venue = venue;
    this.orders = orders;
    this.faults = faults;
  }

  /** The quote of a side that is not terminal, or null. */
  LiveOrder live(Side side) {
    return orders.live(symbol, side, Purpose.QUOTE);
  }

  /** Hears of a change of one of this symbol's orders. */
  void onOrder(LiveOrder order) {
    if (!order.isQuote()) {
      return;
    }
    if (order.state() == OrderState.REJECTED && order.intent().attempt() < MAX_ATTEMPTS) {
      rejected.put(order.side(), order);
    } else {
      rejected.remove(order.side());
    }
  }

  /** Takes every quote off and forgets what was to follow; returns the cancels sent. */
  int withdraw(long nowUs, String reason) {
    rejected.clear();
    int cancelled = 0;
    for (LiveOrder quote : orders.quotes(symbol)) {
      cancelled += cancel(quote, nowUs, reason);
    }
    return cancelled;
  }

  /** Takes the quotes of arm B off; returns the cancels sent. */
  int withdrawTreated(long nowUs, String reason) {
    rejected.values().removeIf(order -> order.mark().arm() == Arm.B);
    int cancelled = 0;
    for (LiveOrder quote : orders.quotes(symbol)) {
      cancelled += quote.mark().arm() == Arm.B ? cancel(quote, nowUs, reason) : 0;
    }
    return cancelled;
  }

  /** Cancels what the market has moved through; returns how many. */
  int fastCancel(double moveThroughBps, long nowUs) {
    int cancelled = 0;
    for (Side side : Side.values()) {
      LiveOrder quote = live(side);
      if (quote != null && movedThrough(quote, side, moveThroughBps)) {
        cancelled += cancel(quote, nowUs, "market moved through");
      }
    }
    return cancelled;
  }

  /** What a quote's place in the queue advises. */
  Advice advise(Quoting quoting, LiveOrder live, double targetPrice, long nowUs) {
    if (live == null || targetPrice <= 0) {
      return Advice.NONE;
    }
    boolean byTime = quoting.flags().queueEta();
    Advice advice =
        quoting
            .queue()
            .advise(
                targetPrice,
                live.priceValue(),
                venue.queueAhead(live.clientOrderId()),
                live.queueAhead(),
                live.remaining().doubleValue(),
                (nowUs - live.submittedAtUs()) / US_PER_MS,
                byTime ? volumeInFront(live) : 0,
                byTime ? market.tradedPerSecond(live.side(), nowUs) : Double.NaN);
    return advice == Advice.NUDGE && !roomInward(live) ? Advice.NONE : advice;
  }

  /**
   * Expected time until the volume before the resting quotes has traded away, mean of the sides,
   * ms. A side counts where a quote rests and its volume ahead and the rate of trades are known;
   * one that would not be reached within a day says no more than one without a rate. NaN for no
   * side.
   *
   * @param bid live quote of its side, or null; as is {@code ask}
   */
  double queueEtaMs(LiveOrder bid, LiveOrder ask, long nowUs) {
    double bidMs = queueEtaMs(bid, nowUs);
    double askMs = queueEtaMs(ask, nowUs);
    if (Double.isNaN(bidMs)) {
      return askMs;
    }
    return Double.isNaN(askMs) ? bidMs : (bidMs + askMs) / 2.0;
  }

  private double queueEtaMs(LiveOrder quote, long nowUs) {
    if (quote == null || !quote.resting()) {
      return Double.NaN;
    }
    double ahead = venue.queueAhead(quote.clientOrderId());
    if (Double.isNaN(ahead)) {
      ahead = mostAhead(quote);
    }
    double ratePerS = market.tradedPerSecond(quote.side(), nowUs);
    double etaMs = QueueAwareStage.etaMs(volumeInFront(quote) + ahead, ratePerS);
    return etaMs <= MAX_ETA_MS ? Math.round(etaMs * US_PER_MS) / US_PER_MS : Double.NaN;
  }

  /**
   * Where the venue does not tell a quote's place: at most what was ahead when it joined, and what
   * is displayed at its price now; NaN when it did not tell that either.
   */
  private double mostAhead(LiveOrder quote) {
    return Math.min(quote.queueAhead(), market.book().sizeAt(quote.side(), quote.priceValue()));
  }

  /**
   * Brings one side to its target; returns the calls to the venue.
   *
   * @param size base units, 0 for no quote
   */
  int emit(
      Quoting quoting,
      Side side,
      double target,
      double size,
      LiveOrder live,
      Advice advice,
      long nowUs) {
    BigDecimal qty = size > 0 ? instrument.floorQty(size) : BigDecimal.ZERO;
    boolean wanted = qty.signum() > 0;
    switch (quoting.emit().decide(wanted, target, live, advice, nowUs)) {
      case KEEP -> {
        return 0;
      }
      case CANCEL -> {
        if (wanted && advice == Advice.NUDGE) {
          quoting.nudges().moveIn(side, live.priceValue(), instrument.tickSize().doubleValue());
        } else {
          quoting.nudges().forget(side);
        }
        orders.cancel(live, nowUs, wanted ? "replaced" : "not wanted");
        return 1;
      }
      case PLACE -> {
        boolean mustWait = !quoting.flags().asyncBatch() && orders.awaitsAck(symbol);
        if (mustWait) {
          return 0;
        }
        double price = quoting.nudges().take(side, target);
        return orders.place(intent(side, price, qty, nowUs), nowUs) ? 1 : 0;
      }
    }
    throw new IllegalStateException("unreachable");
  }

  private int cancel(LiveOrder quote, long nowUs, String reason) {
    if (quote.cancelAsked()) {
      return 0;
    }
    orders.cancel(quote, nowUs, reason);
    return 1;
  }

  /** Volume displayed at better prices, base units. */
  private double volumeInFront(LiveOrder live) {
    OrderBook book = market.book();
    double price = live.priceValue();
    return book.volumeTo(live.side(), price) - book.sizeAt(live.side(), price);
  }

  /**
   * A quote at the edge of the spread has nowhere to go; replacing it would only lose its place.
   */
  private boolean roomInward(LiveOrder live) {
    double tick = instrument.tickSize().doubleValue();
    double inward = QueueAwareStage.inward(live.side(), live.priceValue(), tick);
    OrderBook book = market.book();
    return live.side() == Side.BUY
        ? inward < book.bestAsk() - tick / 2
        : inward > book.bestBid() + tick / 2;
  }

  private LiveOrder.Intent intent(Side side, double target, BigDecimal qty, long nowUs) {
    BigDecimal meant = resting(side, target);
    double slippageBps = faults.slippageBps(orders.arm(symbol, nowUs), nowUs);
    BigDecimal sent =
        slippageBps == 0
            ? meant
            : resting(side, meant.doubleValue() * (1.0 + side.sign() * slippageBps / BPS));
    LiveOrder again = rejected.remove(side);
    return new LiveOrder.Intent(
        again == null ? orders.nextIntentId() : again.intent().intentId(),
        again == null ? 1 : again.intent().attempt() + 1,
        symbol,
        side,
        OrderType.POST_ONLY,
        Purpose.QUOTE,
        sent,
        qty,
        meant.doubleValue(),
        market.book().mid());
  }

  /** The price in whole ticks, not nearer to the market than asked, that does not cross. */
  private BigDecimal resting(Side side, double target) {
    OrderBook book = market.book();
    double tick = instrument.tickSize().doubleValue();
    return side == Side.BUY
        ? instrument.roundPrice(Math.min(target, book.bestAsk() - tick), RoundingMode.FLOOR)
        : instrument.roundPrice(Math.max(target, book.bestBid() + tick), RoundingMode.CEILING);
  }

  private boolean movedThrough(LiveOrder quote, Side side, double moveThroughBps) {
    OrderBook book = market.book();
    double opposite = side == Side.BUY ? book.bestAsk() : book.bestBid();
    boolean through = side.sign() * (quote.priceValue() - opposite) >= 0;
    double againstBps = -side.sign() * (book.mid() / quote.intent().mid() - 1.0) * BPS;
    return through || againstBps > moveThroughBps;
  }
}
