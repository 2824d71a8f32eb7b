// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.core.GuardStage.Block;
import dev.sluice.engine.core.GuardStage.Permission;
import dev.sluice.engine.core.QueueAwareStage.Advice;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.engine.market.SeededRandom;
import dev.sluice.engine.venue.Venue;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Stages;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;

/**
 * Makes the market in one symbol: runs the stages of a pass one after the other, each a function of
 * values, and brings the live quotes to what they say. Not thread-safe.
 */
final class SymbolTrader {
  private static final double PASS_AVERAGE_WEIGHT = 0.1;
  private static final int MAX_ATTEMPTS = 3;
  private static final double BPS = 1e4;
  private static final double US_PER_MS = 1_000.0;

  private final EngineConfig config;
  private final Instrument instrument;
  private final String symbol;
  private final SymbolMarket market;
  private final Venue venue;
  private final Orders orders;
  private final Account account;
  private final Publisher publisher;
  private final StageTimer timer;
  private final MarketDataCache cache;
  private final SpreadStage spreadStage;
  private final GuardStage guardStage;
  private final InventoryStage inventoryStage;
  private final QueueAwareStage queueStage;
  private final EmitStage emitStage;
  private final TakerFlow takerFlow;
  private final Map<Side, LiveOrder> rejected = new EnumMap<>(Side.class);
  private final Nudges nudges;
  private double recentPassMs;
  private Block block = Block.NONE;
  private long staleMarks;
  private long guardTriggers;
  private long checkedVersion;

  SymbolTrader(
      EngineConfig config,
      Instrument instrument,
      SymbolMarket market,
      Venue venue,
      Orders orders,
      Account account,
      Publisher publisher,
      StageTimer timer,
      FaultPlan faults) {
    this.config = config;
    this.instrument = instrument;
    this.symbol = instrument.symbol();
    this.market = market;
    this.venue = venue;
    this.orders = orders;
    this.account = account;
    this.publisher = publisher;
    this.timer = timer;
    this.cache =
        new MarketDataCache(
            config.mdCache(),
            config.flags().mdCache(),
            faults,
            SeededRandom.of(config.seed(), "cache-" + symbol));
    this.spreadStage = new SpreadStage(config.spread(), config.flags().adaptiveSpread());
    this.guardStage = new GuardStage(config.guards());
    this.inventoryStage = new InventoryStage(config);
    this.queueStage = new QueueAwareStage(config);
    this.nudges = new Nudges(config.queueAware().keepWithinBps());
    this.emitStage = new EmitStage(config.quotes());
    this.takerFlow = new TakerFlow(config, instrument, orders, account, faults);
  }

  /**
   * One pass: fetch, spread, guards, inventory, queue, emit; publishes its tick.
   *
   * @param recentLossBps loss over the last while, bps of equity
   * @param lossCapHit the hard cap on the day's loss is reached
   */
  void pass(long nowUs, Mode mode, BreakerState breaker, double recentLossBps, boolean lossCapHit) {
    timer.begin(nowUs);
    CacheRead read = cache.read(market, nowUs);
    final double fetchMs = timer.lapMs(Stage.FETCH_MD, read.fetched() ? 1 : 0);
    if (!config.flags().pipeline()) {
      withdraw(nowUs);
      publish(nowUs, read, new Stages(fetchMs, 0, 0, 0, 0, 0));
      return;
    }
    MarketData data = read.data();
    double usedDeadline = recentPassMs / config.deadlineMs();
    double halfBps = spreadStage.halfBps(data, usedDeadline, recentLossBps);
    final double spreadMs = timer.lapMs(Stage.SPREAD, 0);
    Permission guarded = guardStage.check(data, nowUs, breaker, recentPassMs, lossCapHit, mode);
    Permission permission = takerFlow.reducingOnly() ? guarded.reducing() : guarded;
    note(permission.block());
    final double guardsMs = timer.lapMs(Stage.GUARDS, 0);
    double position = account.positionValue(symbol);
    Quotes quotes = inventoryStage.quotes(data, halfBps, position, permission);
    final double inventoryMs = timer.lapMs(Stage.INVENTORY, 0);
    LiveOrder bid = orders.live(symbol, Side.BUY, Purpose.QUOTE);
    LiveOrder ask = orders.live(symbol, Side.SELL, Purpose.QUOTE);
    Advice bidAdvice = advise(bid, quotes.bidPrice(), nowUs);
    Advice askAdvice = advise(ask, quotes.askPrice(), nowUs);
    final double queueAwareMs = timer.lapMs(Stage.QUEUE_AWARE, 0);
    int calls = emit(Side.BUY, quotes.bidPrice(), quotes.bidSize(), bid, bidAdvice, nowUs);
    if (calls == 0 || config.flags().asyncBatch()) {
      calls += emit(Side.SELL, quotes.askPrice(), quotes.askSize(), ask, askAdvice, nowUs);
    }
    calls += takerFlow.act(market.book(), permission, mode, nowUs);
    double emitMs =
        timer.lapMs(Stage.EMIT, config.flags().asyncBatch() ? Math.min(1, calls) : calls);
    publish(
        nowUs, read, new Stages(fetchMs, spreadMs, guardsMs, inventoryMs, queueAwareMs, emitMs));
  }

  /** Cancels at once what the market has moved through (flag fast_cancel); returns how many. */
  int fastCancel(long nowUs) {
    if (!config.flags().fastCancel() || market.version() == checkedVersion || !market.valid()) {
      return 0;
    }
    checkedVersion = market.version();
    int cancelled = 0;
    for (Side side : Side.values()) {
      LiveOrder quote = orders.live(symbol, side, Purpose.QUOTE);
      if (quote != null && !quote.cancelAsked() && movedThrough(quote, side)) {
        orders.cancel(quote, nowUs, "market moved through");
        cancelled++;
      }
    }
    return cancelled;
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

  double mid() {
    return market.book().mid();
  }

  boolean tradable() {
    return market.valid();
  }

  long version() {
    return market.version();
  }

  long staleMarks() {
    return staleMarks;
  }

  long guardTriggers() {
    return guardTriggers;
  }

  void hash(StateHash hash) {
    hash.add(recentPassMs).add(block.name()).add(staleMarks).add(guardTriggers);
    nudges.hash(hash);
    takerFlow.hash(hash);
  }

  private void publish(long nowUs, CacheRead read, Stages stages) {
    double totalMs =
        stages.fetchMdMs()
            + stages.spreadMs()
            + stages.guardsMs()
            + stages.inventoryMs()
            + stages.queueAwareMs()
            + stages.emitMs();
    totalMs = Math.round(totalMs * US_PER_MS) / US_PER_MS;
    recentPassMs += PASS_AVERAGE_WEIGHT * (totalMs - recentPassMs);
    publisher.tick(nowUs, symbol, read, stages, totalMs, config.deadlineMs());
  }

  private void note(Block now) {
    if (now != block) {
      block = now;
      if (now == Block.STALE_DATA) {
        staleMarks++;
      }
      if (now != Block.NONE && now != Block.CONTROL) {
        guardTriggers++;
      }
    }
  }

  private Advice advise(LiveOrder live, double targetPrice, long nowUs) {
    if (live == null || targetPrice <= 0) {
      return Advice.NONE;
    }
    Advice advice =
        queueStage.advise(
            targetPrice,
            live.priceValue(),
            venue.queueAhead(live.clientOrderId()),
            live.queueAhead(),
            live.remaining().doubleValue(),
            (nowUs - live.submittedAtUs()) / US_PER_MS);
    return advice == Advice.NUDGE && !roomInward(live) ? Advice.NONE : advice;
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

  private int emit(
      Side side, double target, double size, LiveOrder live, Advice advice, long nowUs) {
    BigDecimal qty = size > 0 ? instrument.floorQty(size) : BigDecimal.ZERO;
    boolean wanted = qty.signum() > 0;
    switch (emitStage.decide(wanted, target, live, advice, nowUs)) {
      case KEEP -> {
        return 0;
      }
      case CANCEL -> {
        if (wanted && advice == Advice.NUDGE) {
          nudges.moveIn(side, live.priceValue(), instrument.tickSize().doubleValue());
        } else {
          nudges.forget(side);
        }
        orders.cancel(live, nowUs, wanted ? "replaced" : "not wanted");
        return 1;
      }
      case PLACE -> {
        boolean mustWait = !config.flags().asyncBatch() && orders.awaitsAck(symbol);
        return !mustWait && orders.place(intent(side, nudges.take(side, target), qty), nowUs)
            ? 1
            : 0;
      }
    }
    throw new IllegalStateException("unreachable");
  }

  private LiveOrder.Intent intent(Side side, double target, BigDecimal qty) {
    OrderBook book = market.book();
    double tick = instrument.tickSize().doubleValue();
    BigDecimal price =
        side == Side.BUY
            ? instrument.roundPrice(Math.min(target, book.bestAsk() - tick), RoundingMode.FLOOR)
            : instrument.roundPrice(Math.max(target, book.bestBid() + tick), RoundingMode.CEILING);
    LiveOrder again = rejected.remove(side);
    return new LiveOrder.Intent(
        again == null ? orders.nextIntentId() : again.intent().intentId(),
        again == null ? 1 : again.intent().attempt() + 1,
        symbol,
        side,
        OrderType.POST_ONLY,
        Purpose.QUOTE,
        price,
        qty,
        price.doubleValue(),
        book.mid());
  }

  private boolean movedThrough(LiveOrder quote, Side side) {
    OrderBook book = market.book();
    double opposite = side == Side.BUY ? book.bestAsk() : book.bestBid();
    boolean through = side.sign() * (quote.priceValue() - opposite) >= 0;
    double againstBps = -side.sign() * (book.mid() / quote.intent().mid() - 1.0) * BPS;
    return through || againstBps > config.guards().moveThroughBps();
  }

  private void withdraw(long nowUs) {
    for (Side side : Side.values()) {
      LiveOrder quote = orders.live(symbol, side, Purpose.QUOTE);
      if (quote != null) {
        orders.cancel(quote, nowUs, "pipeline off");
      }
    }
  }
}
