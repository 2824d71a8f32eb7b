// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.TrialSetup;
import dev.sluice.engine.core.GuardStage.Block;
import dev.sluice.engine.core.GuardStage.Permission;
import dev.sluice.engine.core.QueueAwareStage.Advice;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.venue.Venue;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Stages;

/**
 * Makes the market in one symbol: runs the stages of a pass one after the other, each a function of
 * values, under the settings of the arm whose slot it is. Not thread-safe.
 */
final class SymbolTrader {
  private static final double US_PER_MS = 1_000.0;
  private static final long NO_SLOT = Long.MIN_VALUE;

  private final String symbol;
  private final SymbolMarket market;
  private final Account account;
  private final Publisher publisher;
  private final StageTimer timer;
  private final FaultPlan faults;
  private final TrialSlots slots;
  private Quoting base;
  private Quoting treated;
  private final GuardStage guardStage;
  private final QuoteDesk desk;
  private final TakerFlow takerFlow;
  private Block block = Block.NONE;
  private long staleMarks;
  private long guardTriggers;
  private long checkedVersion;
  private long slotNumber = NO_SLOT;

  /**
   * @param trial null for an engine that knows no trial
   */
  SymbolTrader(
      EngineConfig config,
      Instrument instrument,
      SymbolMarket market,
      Venue venue,
      Orders orders,
      Account account,
      Publisher publisher,
      StageTimer timer,
      FaultPlan faults,
      TrialSlots slots,
      TrialSetup trial) {
    this.symbol = instrument.symbol();
    this.market = market;
    this.account = account;
    this.publisher = publisher;
    this.timer = timer;
    this.faults = faults;
    this.slots = slots;
    this.base = Quoting.of(config, symbol, faults);
    this.treated = trial == null ? base : base.under(trial.armB(), symbol, faults);
    this.guardStage = new GuardStage(config.guards());
    this.desk = new QuoteDesk(instrument, market, venue, orders, faults);
    this.takerFlow = new TakerFlow(config, instrument, orders, account, faults);
  }

  /** At a border of a slot: every quote goes, of both arms alike; returns the cancels sent. */
  int turnSlot(long nowUs) {
    Slot slot = slots.at(symbol, nowUs);
    long number = slot == null ? NO_SLOT : slot.number();
    if (number == slotNumber) {
      return 0;
    }
    slotNumber = number;
    base.nudges().clear();
    treated.nudges().clear();
    return desk.withdraw(nowUs, "new slot");
  }

  /** The trial has ended within a slot: what is of arm B goes at once; returns the cancels sent. */
  int endTreatment(long nowUs) {
    treated.nudges().clear();
    return desk.withdrawTreated(nowUs, "trial ended");
  }

  /**
   * Other settings from the next pass on: the quotes made under the old ones go; returns the
   * cancels sent.
   *
   * @param armB null for an engine that knows no trial
   */
  int reconfigure(EngineConfig config, EngineConfig armB, long nowUs) {
    Quoting before = base;
    base = before.under(config, symbol, faults).after(before);
    treated = armB == null ? base : base.under(armB, symbol, faults).after(treated);
    return desk.withdraw(nowUs, "flags changed");
  }

  /**
   * One pass: fetch, spread, guards, inventory, queue, emit; publishes its tick.
   *
   * @param recentLossBps loss over the last while, bps of equity
   * @param lossCapHit the hard cap on the day's loss is reached
   */
  void pass(long nowUs, Mode mode, BreakerState breaker, double recentLossBps, boolean lossCapHit) {
    Slot slot = slots.at(symbol, nowUs);
    Quoting quoting = quoting(slot);
    timer.begin(nowUs);
    CacheRead read = quoting.cache().read(market, nowUs);
    final double fetchMs = timer.lapMs(Stage.FETCH_MD, read.fetched() ? 1 : 0);
    if (!quoting.flags().pipeline()) {
      desk.withdraw(nowUs, "pipeline off");
      publish(nowUs, slot, quoting, read, new Stages(fetchMs, 0, 0, 0, 0, 0), Double.NaN);
      return;
    }
    MarketData data = read.data();
    double recentPassMs = quoting.recentPassMs();
    double usedDeadline = recentPassMs / quoting.config().deadlineMs();
    double halfBps = quoting.spread().halfBps(data, usedDeadline, recentLossBps);
    final double spreadMs = timer.lapMs(Stage.SPREAD, 0);
    Permission guarded = guardStage.check(data, nowUs, breaker, recentPassMs, lossCapHit, mode);
    Permission permission = takerFlow.reducingOnly() ? guarded.reducing() : guarded;
    note(permission.block());
    final double guardsMs = timer.lapMs(Stage.GUARDS, 0);
    double position = account.positionValue(symbol);
    Quotes quotes = quoting.inventory().quotes(data, halfBps, position, permission);
    final double inventoryMs = timer.lapMs(Stage.INVENTORY, 0);
    LiveOrder bid = desk.live(Side.BUY);
    LiveOrder ask = desk.live(Side.SELL);
    Advice bidAdvice = desk.advise(quoting, bid, quotes.bidPrice(), nowUs);
    Advice askAdvice = desk.advise(quoting, ask, quotes.askPrice(), nowUs);
    final double queueAwareMs = timer.lapMs(Stage.QUEUE_AWARE, 0);
    int calls =
        desk.emit(quoting, Side.BUY, quotes.bidPrice(), quotes.bidSize(), bid, bidAdvice, nowUs);
    boolean batch = quoting.flags().asyncBatch();
    if (calls == 0 || batch) {
      calls +=
          desk.emit(quoting, Side.SELL, quotes.askPrice(), quotes.askSize(), ask, askAdvice, nowUs);
    }
    calls += takerFlow.act(quoting.config(), market.book(), permission, mode, nowUs);
    double emitMs =
        timer.lapMs(Stage.EMIT, batch ? Math.min(1, calls) : calls)
            + faults.slownessMs(SlotMark.of(slot).arm(), nowUs);
    publish(
        nowUs,
        slot,
        quoting,
        read,
        new Stages(fetchMs, spreadMs, guardsMs, inventoryMs, queueAwareMs, emitMs),
        desk.queueEtaMs(bid, ask, nowUs));
  }

  /** Cancels at once what the market has moved through (flag fast_cancel); returns how many. */
  int fastCancel(long nowUs) {
    boolean looked = market.version() == checkedVersion || !market.valid();
    if (looked || !quoting(slots.at(symbol, nowUs)).flags().fastCancel()) {
      return 0;
    }
    checkedVersion = market.version();
    return desk.fastCancel(base.config().guards().moveThroughBps(), nowUs);
  }

  /** Hears of a change of one of this symbol's orders. */
  void onOrder(LiveOrder order) {
    desk.onOrder(order);
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
    hash.add(block.name()).add(staleMarks).add(guardTriggers).add(slotNumber);
    base.hash(hash);
    treated.hash(hash);
    takerFlow.hash(hash);
  }

  private Quoting quoting(Slot slot) {
    return slot != null && slot.arm() == Arm.B ? treated : base;
  }

  private void publish(
      long nowUs, Slot slot, Quoting quoting, CacheRead read, Stages stages, double queueEtaMs) {
    double totalMs =
        stages.fetchMdMs()
            + stages.spreadMs()
            + stages.guardsMs()
            + stages.inventoryMs()
            + stages.queueAwareMs()
            + stages.emitMs();
    totalMs = Math.round(totalMs * US_PER_MS) / US_PER_MS;
    quoting.passTook(totalMs);
    publisher.tick(
        nowUs,
        symbol,
        slot,
        read,
        stages,
        totalMs,
        base.config().deadlineMs(),
        account.positionValue(symbol),
        market.takeTradedQty(),
        queueEtaMs);
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
}
