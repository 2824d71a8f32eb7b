// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;

/** Keeps one post-only order on each side near the touch, skewed against its position. */
final class NaiveMaker {
  private static final double MAX_SKEW_TICKS = 2;

  private final PaperVenue venue;
  private final Instrument instrument;
  private final int ticksBehind;
  private final BigDecimal qty;
  private final Map<Side, NewOrder> working = new EnumMap<>(Side.class);
  private long nextId;
  private long fills;

  NaiveMaker(PaperVenue venue, Instrument instrument, int ticksBehind, String qty) {
    this.venue = venue;
    this.instrument = instrument;
    this.ticksBehind = ticksBehind;
    this.qty = new BigDecimal(qty);
  }

  long fills() {
    return fills;
  }

  void quote(long nowUs) {
    venue.poll(nowUs, this::onReport);
    if (venue.book(instrument.symbol()).valid()) {
      quote(Side.BUY, nowUs);
      quote(Side.SELL, nowUs);
    }
  }

  private void quote(Side side, long nowUs) {
    OrderBook book = venue.book(instrument.symbol());
    double tick = instrument.tickSize().doubleValue();
    double clips = venue.ledger().position(instrument.symbol()).doubleValue() / qty.doubleValue();
    double skew = Math.max(-MAX_SKEW_TICKS, Math.min(MAX_SKEW_TICKS, -clips / 10)) * tick;
    double touch = side == Side.BUY ? book.bestBid() : book.bestAsk();
    BigDecimal price =
        instrument.roundPrice(
            touch - side.sign() * ticksBehind * tick + skew,
            side == Side.BUY ? RoundingMode.FLOOR : RoundingMode.CEILING);
    NewOrder old = working.get(side);
    if (old != null && old.price().subtract(price).abs().compareTo(instrument.tickSize()) <= 0) {
      return;
    }
    if (old != null) {
      venue.cancel(old.clientOrderId(), nowUs);
    }
    nextId++;
    NewOrder order =
        new NewOrder(
            instrument.symbol() + nextId,
            instrument.symbol(),
            side,
            OrderType.POST_ONLY,
            price,
            qty);
    working.put(side, order);
    venue.submit(order, nowUs);
  }

  private void onReport(ExecutionReport report) {
    fills += report.fillId() == null ? 0 : 1;
    if (report.state().terminal()) {
      working.values().removeIf(o -> o.clientOrderId().equals(report.clientOrderId()));
    }
  }
}
