// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.core.LiveOrder.Intent;
import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees one hedge at a time through, in one symbol. A level is a market order and five seconds by
 * {@link VenueClock}. If it is not filled by then it is cancelled; once the cancel is confirmed,
 * and not before, the residual is measured from the cumulative fills of all levels and goes out as
 * the next one. After three levels it is given up once: the symbol then quotes only what shrinks
 * the position, until that is back under the hedge's target. An unconfirmed cancel never sends
 * another order; if it stays unconfirmed for three levels' time, that is the escalation.
 *
 * <p>In a trial every level belongs to the slot of the first one, until the trial ends.
 *
 * <p>Not kept over a restart: the journal ends the order, and the position it finds decides anew.
 * Not thread-safe.
 */
final class HedgeControl {
  private static final int LEVELS = 3;
  private static final long LEVEL_US = 5_000_000L;

  private final Instrument instrument;
  private final Orders orders;
  private final Account account;
  private final double targetValue;
  private final List<LiveOrder> sent = new ArrayList<>();
  private Side side;
  private BigDecimal wanted = BigDecimal.ZERO;
  private String first;
  private int level;
  private VenueClock.Mark levelBegan;
  private boolean escalated;

  /**
   * @param targetValue value of a position that needs no hedge, quote currency
   */
  HedgeControl(Instrument instrument, Orders orders, Account account, double targetValue) {
    this.instrument = instrument;
    this.orders = orders;
    this.account = account;
    this.targetValue = targetValue;
  }

  /** Whether a hedge is under way or has been given up and stands. */
  boolean busy() {
    return level > 0;
  }

  /** Whether a hedge has been given up and the position is still too large. */
  boolean reducingOnly() {
    return escalated;
  }

  /** Begins a hedge; returns the orders sent. */
  int begin(Side toSide, BigDecimal qty, OrderBook book, long nowUs) {
    side = toSide;
    wanted = qty;
    first = orders.nextIntentId();
    sent.clear();
    int placed = place(first, qty, 1, book, nowUs);
    if (placed == 0) {
      end();
    }
    return placed;
  }

  /** Goes on with the hedge under way; returns the orders and cancels sent. */
  int work(OrderBook book, boolean maySend, Mode mode, long nowUs) {
    if (level == 0) {
      return 0;
    }
    if (escalated) {
      double held = Math.abs(account.positionValue(instrument.symbol())) * book.mid();
      if (held <= targetValue && !live()) {
        end();
      }
      return 0;
    }
    BigDecimal residual = residual();
    boolean judgeHasTakenOver = mode != Mode.RUN && mode != Mode.REDUCE_ONLY;
    if (!live() && (residual.signum() <= 0 || judgeHasTakenOver)) {
      end();
      return 0;
    }
    VenueClock clock = orders.clock();
    if (!clock.passed(levelBegan, LEVEL_US, nowUs)) {
      return 0;
    }
    if (live()) {
      return takeOff(clock, nowUs);
    }
    if (level == LEVELS) {
      escalate();
      return 0;
    }
    return maySend ? place(orders.nextIntentId(), residual, level + 1, book, nowUs) : 0;
  }

  private int takeOff(VenueClock clock, long nowUs) {
    LiveOrder newest = newest();
    if (!newest.cancelAsked()) {
      orders.cancel(newest, nowUs, "hedge level " + level + " took too long");
      return 1;
    }
    if (clock.passed(levelBegan, (LEVELS + 1) * LEVEL_US, nowUs)) {
      escalate();
    }
    return 0;
  }

  private int place(String intentId, BigDecimal qty, int nextLevel, OrderBook book, long nowUs) {
    level = nextLevel;
    levelBegan = orders.clock().mark(nowUs);
    double touch = side == Side.BUY ? book.bestAsk() : book.bestBid();
    LiveOrder order =
        orders.send(
            new Intent(
                intentId,
                1,
                instrument.symbol(),
                side,
                OrderType.MARKET,
                Purpose.HEDGE,
                null,
                qty,
                touch,
                book.mid(),
                first,
                nextLevel,
                sent.isEmpty() ? null : sent.get(0).mark()),
            nowUs);
    if (order == null) {
      return 0;
    }
    sent.add(order);
    return 1;
  }

  /** What is left of the hedge, and not more than would take the position flat. */
  private BigDecimal residual() {
    BigDecimal left = wanted;
    for (LiveOrder order : sent) {
      left = left.subtract(order.cumQty());
    }
    BigDecimal position = account.position(instrument.symbol());
    return Orders.shrinks(side, position) ? left.min(position.abs()) : BigDecimal.ZERO;
  }

  private boolean live() {
    LiveOrder newest = newest();
    return newest != null && !newest.state().terminal();
  }

  private LiveOrder newest() {
    return sent.isEmpty() ? null : sent.get(sent.size() - 1);
  }

  private void escalate() {
    escalated = true;
    orders.counts().hedgeEscalation();
  }

  private void end() {
    level = 0;
    escalated = false;
    sent.clear();
  }

  void hash(StateHash hash) {
    hash.add(level).add(escalated ? 1L : 0L).add(wanted);
  }
}
