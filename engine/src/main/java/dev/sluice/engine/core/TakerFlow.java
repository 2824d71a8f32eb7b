// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;

/**
 * The engine's own taking of liquidity in one symbol: hedges of a large position within the taker
 * cap, seen through by {@link HedgeControl}, and the orders an injected taker flow forces beyond
 * it. Not thread-safe.
 */
final class TakerFlow {
  private static final long PUSH_EVERY_US = 2_000_000L;
  private static final double PUSH_BEYOND = 250.0;

  private final Instrument instrument;
  private final String symbol;
  private final Orders orders;
  private final Account account;
  private final FaultPlan faults;
  private final HedgeControl hedges;
  private long lastHedgeUs = Long.MIN_VALUE / 2;
  private long lastForcedUs = Long.MIN_VALUE / 2;
  private Side nextForced = Side.BUY;
  private boolean pushed;

  TakerFlow(
      EngineConfig config,
      Instrument instrument,
      Orders orders,
      Account account,
      FaultPlan faults) {
    this.instrument = instrument;
    this.symbol = instrument.symbol();
    this.orders = orders;
    this.account = account;
    this.faults = faults;
    this.hedges =
        new HedgeControl(
            instrument,
            orders,
            account,
            config.taker().hedgeTarget() * config.caps().maxPosition());
  }

  /** Whether a hedge was given up, so that only what shrinks the position may be quoted. */
  boolean reducingOnly() {
    return hedges.reducingOnly();
  }

  /**
   * What this pass takes; returns the orders sent.
   *
   * @param config of the arm whose slot it is
   */
  int act(
      EngineConfig config,
      OrderBook book,
      GuardStage.Permission permission,
      Mode mode,
      long nowUs) {
    int work = hedges.work(book, permission.mayReduce(), mode, nowUs);
    double pushTo = faults.pushTo(nowUs);
    if (pushTo > 0 || pushed) {
      return work + push(config, pushTo, book, permission, nowUs);
    }
    long everyUs = faults.takerEveryUs(orders.arm(symbol, nowUs), nowUs);
    if (everyUs > 0 && nowUs - lastForcedUs >= everyUs) {
      return work + force(config, book, nowUs);
    }
    boolean mayHedge = mode == Mode.RUN && permission.mayReduce();
    return mayHedge && !hedges.busy() ? work + hedge(config, book, nowUs) : work;
  }

  /** Buys up to an injected position and keeps it; then hedges it in one, whatever the cap says. */
  private int push(
      EngineConfig config,
      double toValue,
      OrderBook book,
      GuardStage.Permission permission,
      long nowUs) {
    double position = account.positionValue(symbol);
    if (toValue > 0) {
      pushed = true;
      double missing = toValue + PUSH_BEYOND - position * book.mid();
      boolean due = nowUs - lastForcedUs >= PUSH_EVERY_US && missing > PUSH_BEYOND;
      lastForcedUs = due ? nowUs : lastForcedUs;
      double value = Math.min(missing, config.quotes().notional());
      return due ? take(Side.BUY, value / book.mid(), book, nowUs) : 0;
    }
    if (!permission.mayReduce() || hedges.busy()) {
      return 0;
    }
    pushed = false;
    lastHedgeUs = nowUs;
    double target = config.taker().hedgeTarget() * config.caps().maxPosition();
    BigDecimal qty = instrument.floorQty(Math.max(0, Math.abs(position) - target / book.mid()));
    Side side = position > 0 ? Side.SELL : Side.BUY;
    return free(side, qty) ? hedges.begin(side, qty, book, nowUs) : 0;
  }

  private int force(EngineConfig config, OrderBook book, long nowUs) {
    double position = account.positionValue(symbol);
    double size = config.quotes().notional() / book.mid();
    Side side = nextForced;
    if (Math.abs(position) >= size) {
      side = position > 0 ? Side.SELL : Side.BUY;
    }
    lastForcedUs = nowUs;
    nextForced = side.opposite();
    return take(side, size, book, nowUs);
  }

  private int hedge(EngineConfig config, OrderBook book, long nowUs) {
    double position = account.positionValue(symbol);
    double held = Math.abs(position) * book.mid();
    double maxPosition = config.caps().maxPosition();
    boolean due =
        held > config.taker().hedgeTrigger() * maxPosition
            && nowUs - lastHedgeUs >= config.taker().cooldownMs() * 1_000L;
    if (!due) {
      return 0;
    }
    double notional = held - config.taker().hedgeTarget() * maxPosition;
    if (config.flags().takerCap() && !orders.takerCap().allows(notional, nowUs)) {
      return 0;
    }
    lastHedgeUs = nowUs;
    Side side = position > 0 ? Side.SELL : Side.BUY;
    // Only what the touch shows: a hedge must not sweep a thin book.
    double shown = side == Side.SELL ? book.bestBidSize() : book.bestAskSize();
    BigDecimal qty = instrument.floorQty(Math.min(notional / book.mid(), shown));
    return free(side, qty) ? hedges.begin(side, qty, book, nowUs) : 0;
  }

  private boolean free(Side side, BigDecimal qty) {
    return qty.signum() > 0 && orders.live(symbol, side, Purpose.HEDGE) == null;
  }

  void hash(StateHash hash) {
    hedges.hash(hash);
  }

  private int take(Side side, double size, OrderBook book, long nowUs) {
    BigDecimal qty = instrument.floorQty(size);
    if (!free(side, qty)) {
      return 0;
    }
    double touch = side == Side.BUY ? book.bestAsk() : book.bestBid();
    return orders.place(
            new LiveOrder.Intent(
                orders.nextIntentId(),
                1,
                symbol,
                side,
                OrderType.MARKET,
                Purpose.HEDGE,
                null,
                qty,
                touch,
                book.mid()),
            nowUs)
        ? 1
        : 0;
  }
}
