// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.OrderStatus;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The engine's orders at a venue whose every word is scripted, with a journal that may be old. */
final class Desk {
  static final BigDecimal QTY = new BigDecimal("1");
  static final BigDecimal PRICE = new BigDecimal("100");

  final Sim sim = new Sim("flags.pipeline=false").run(2);
  final String symbol = sim.markets.symbols().get(0);
  final ScriptedVenue venue;
  final MemorySink sink = new MemorySink();
  final Account account;
  final TrialSlots slots;
  final Orders orders;
  final Journal journal;
  long nowUs = sim.nowUs();
  long offsetUs;

  Desk() {
    this(new MemoryJournal(), new ScriptedVenue(), 0);
    orders.recover(nowUs);
  }

  /** An engine that has just been started: nothing is recovered yet. */
  Desk(Journal journal, ScriptedVenue venue, long restarts) {
    this(journal, venue, restarts, new TrialSlots(null, Map.of()));
  }

  Desk(Journal journal, ScriptedVenue venue, long restarts, TrialSlots slots) {
    this.slots = slots;
    this.journal = journal;
    this.venue = venue;
    this.account =
        new Account(sim.config.startEquity(), List.of(Instrument.of(symbol)), venue.balances());
    RunIdentity run =
        new RunIdentity(
            sim.config.engineId(),
            "run-" + restarts,
            Source.SIMULATED,
            "test",
            "hash",
            Sim.START_US,
            restarts);
    this.orders =
        new Orders(
            sim.config,
            venue,
            new Publisher(run, sim.config.account(), sink, FaultPlan.NONE, slots),
            account,
            sim.markets,
            sim.gate,
            new CircuitBreaker(sim.config.breaker(), Sim.START_US),
            FaultPlan.NONE,
            journal,
            slots);
  }

  /** The process dies and another one starts on what is left. */
  Desk restart() {
    Desk next = new Desk(journal, venue, 1);
    next.nowUs = nowUs + Sim.SECOND_US;
    venue.queries.clear();
    venue.cancels.clear();
    next.orders.recover(next.nowUs);
    return next;
  }

  /** A buy of one unit at 100, sent; its client order id is the intent's with "-1". */
  LiveOrder quote(String intentId) {
    return orders.send(
        intent(intentId, Side.BUY, OrderType.POST_ONLY, Purpose.QUOTE, PRICE), nowUs);
  }

  LiveOrder hedge(String intentId, Side side) {
    return orders.send(intent(intentId, side, OrderType.MARKET, Purpose.HEDGE, null), nowUs);
  }

  private LiveOrder.Intent intent(
      String id, Side side, OrderType type, Purpose purpose, BigDecimal price) {
    return new LiveOrder.Intent(id, 1, symbol, side, type, purpose, price, QTY, 100.0, 100.0);
  }

  /** A quote the venue has acknowledged. */
  LiveOrder resting(String intentId) {
    LiveOrder order = quote(intentId);
    report(state(order, OrderState.ACKED, "0"));
    return order;
  }

  LiveOrder report(ExecutionReport report) {
    return orders.onReport(report, nowUs);
  }

  LiveOrder prove(ExecutionReport newest, ExecutionReport... executions) {
    return orders.onStatus(
        new OrderStatus(
            newest.clientOrderId(), true, newest, List.of(executions), nowUs + offsetUs),
        nowUs);
  }

  LiveOrder deny(String clientOrderId) {
    return orders.onStatus(OrderStatus.unknown(clientOrderId, nowUs + offsetUs), nowUs);
  }

  Desk after(double seconds) {
    nowUs += (long) (seconds * Sim.SECOND_US);
    return this;
  }

  void poll() {
    orders.poll(nowUs);
  }

  ExecutionReport state(LiveOrder order, OrderState state, String cumQty) {
    return report(order.clientOrderId(), order.side(), state, cumQty, null, null);
  }

  ExecutionReport fill(LiveOrder order, String fillId, String lastQty, String cumQty) {
    boolean full = new BigDecimal(cumQty).compareTo(order.intent().qty()) == 0;
    OrderState state = full ? OrderState.FILLED : OrderState.PARTIALLY_FILLED;
    return report(order.clientOrderId(), order.side(), state, cumQty, fillId, lastQty);
  }

  ExecutionReport report(
      String clientOrderId,
      Side side,
      OrderState state,
      String cumQty,
      String fillId,
      String lastQty) {
    boolean execution = fillId != null;
    return new ExecutionReport(
        clientOrderId,
        state == OrderState.REJECTED ? null : "v-" + clientOrderId,
        symbol,
        side,
        state,
        PRICE,
        QTY,
        new BigDecimal(cumQty),
        fillId,
        execution ? PRICE : null,
        execution ? new BigDecimal(lastQty) : null,
        execution ? Liquidity.MAKER : null,
        execution ? new BigDecimal("0.01") : null,
        execution ? "USDT" : null,
        Double.NaN,
        nowUs + offsetUs,
        null);
  }

  BigDecimal position() {
    return account.position(symbol);
  }

  SafeguardCounts counts() {
    return orders.counts();
  }

  List<OrderState> states() {
    return sink.orders.stream().map(Order::state).toList();
  }

  Order last() {
    return sink.orders.get(sink.orders.size() - 1);
  }
}
