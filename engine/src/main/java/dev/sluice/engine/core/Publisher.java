// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.fault.BookFaults;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.SentCounts;
import dev.sluice.schemas.SnapshotStatus;
import dev.sluice.schemas.Stages;
import dev.sluice.schemas.Tick;
import java.math.BigDecimal;
import java.util.List;

/**
 * Words the engine's events: numbers them per stream, names the run, links them to their intent. A
 * tick lost by an injected hole has its number all the same. Not thread-safe.
 */
final class Publisher {
  private final RunIdentity run;
  private final String account;
  private final EventSink sink;
  private final FaultPlan faults;
  private final TrialSlots slots;
  private final BookFaults bookFaults;
  private final StateHash sentHash = new StateHash();
  private long ticks;
  private long orders;
  private long fills;
  private long healths;
  private long ledgers;

  Publisher(RunIdentity run, String account, EventSink sink, FaultPlan faults, TrialSlots slots) {
    this.slots = slots;
    this.run = run;
    this.account = account;
    this.sink = sink;
    this.faults = faults;
    this.bookFaults = new BookFaults(faults);
  }

  RunIdentity run() {
    return run;
  }

  SentCounts sent() {
    return new SentCounts(ticks, orders, fills, ledgers);
  }

  long dropped() {
    return sink.dropped();
  }

  /**
   * Publishes a pass.
   *
   * @param slot the one the symbol is in, null outside a trial
   * @param tradedQty NaN when not known, as is {@code queueEtaMs}
   */
  void tick(
      long nowUs,
      String symbol,
      Slot slot,
      CacheRead read,
      Stages stages,
      double totalMs,
      double deadlineMs,
      double position,
      double tradedQty,
      double queueEtaMs) {
    publishDue(nowUs);
    ticks++;
    SlotMark mark = SlotMark.of(slot);
    mark.hash(sentHash);
    MarketData data = read.data();
    sentHash.add(nowUs).add(data.bid()).add(data.ask()).add(totalMs);
    if (faults.losesTicks(nowUs)) {
      return;
    }
    sink.tick(
        new Tick(
            Tick.SCHEMA,
            run.engineId(),
            run.runId(),
            ticks,
            nowUs,
            run.source(),
            symbol,
            mark.arm(),
            mark.slot(),
            data.bid(),
            data.ask(),
            data.bidSize(),
            data.askSize(),
            stages,
            totalMs,
            deadlineMs,
            read.hit(),
            read.ageMs(),
            read.stale(),
            warmup(mark, nowUs),
            position,
            Double.isNaN(tradedQty) ? null : tradedQty,
            Double.isNaN(queueEtaMs) ? null : queueEtaMs));
  }

  void order(LiveOrder order, long nowUs, Long venueTimeUs, String reason) {
    LiveOrder.Intent intent = order.intent();
    SlotMark mark = order.mark();
    sentHash.add(nowUs).add(order.clientOrderId()).add(order.state().name());
    mark.hash(sentHash);
    publish(
        new Order(
            Order.SCHEMA,
            run.engineId(),
            run.runId(),
            orders + 1,
            nowUs,
            run.source(),
            intent.intentId(),
            order.clientOrderId(),
            order.venueOrderId(),
            intent.symbol(),
            mark.arm(),
            mark.slot(),
            intent.side(),
            intent.type(),
            intent.purpose(),
            order.state(),
            intent.type() == OrderType.MARKET ? null : intent.price(),
            intent.qty(),
            order.cumQty(),
            order.submittedAtUs() == 0 ? null : order.submittedAtUs(),
            venueTimeUs,
            reason,
            intent.hedgeOf(),
            intent.hedgeOf() == null ? null : intent.hedgeLevel(),
            intent.hedgeOf() == null ? intent.intentId() : intent.hedgeOf(),
            intent.intentId(),
            intent.mid(),
            warmup(mark, nowUs)));
  }

  void fill(
      LiveOrder order, ExecutionReport report, long nowUs, double mid, BigDecimal positionAfter) {
    LiveOrder.Intent intent = order.intent();
    SlotMark mark = order.mark();
    sentHash.add(nowUs).add(report.fillId()).add(report.lastPrice()).add(report.lastQty());
    mark.hash(sentHash);
    publish(
        new Fill(
            Fill.SCHEMA,
            run.engineId(),
            run.runId(),
            fills + 1,
            nowUs,
            run.source(),
            report.fillId(),
            intent.intentId(),
            order.clientOrderId(),
            intent.symbol(),
            mark.arm(),
            mark.slot(),
            intent.side(),
            report.lastPrice(),
            report.lastQty(),
            report.liquidity(),
            report.fee(),
            report.feeAsset(),
            intent.quotePrice(),
            intent.mid(),
            mid,
            (nowUs - order.submittedAtUs()) / 1_000.0,
            Double.isNaN(order.queueAhead()) ? null : order.queueAhead(),
            positionAfter,
            report.venueTimeUs(),
            intent.intentId(),
            order.clientOrderId(),
            warmup(mark, nowUs)));
  }

  /** Told only of what belongs to a slot, and only when it is so. */
  private Boolean warmup(SlotMark mark, long nowUs) {
    return (mark.arm() != null && slots.warmup(nowUs)) ? Boolean.TRUE : null;
  }

  long nextHealth() {
    return ++healths;
  }

  void health(Health health) {
    sentHash.add(health.eventTimeUs()).add(health.equity()).add(health.controlEpoch());
    sink.health(health);
  }

  void ledger(
      long asOfUs, List<Balance> balances, List<Position> positions, List<OpenOrder> openOrders) {
    Ledger ledger =
        new Ledger(
            Ledger.SCHEMA,
            run.engineId(),
            run.runId(),
            ++ledgers,
            asOfUs,
            run.source(),
            Book.ENGINE,
            account,
            asOfUs,
            SnapshotStatus.OK,
            balances,
            positions,
            openOrders,
            null,
            null,
            null);
    sink.ledger(bookFaults.healthy() ? ledger : bookFaults.ledger(ledger));
  }

  /** What an injected fault has held back or made up and lets out now. */
  private void publishDue(long nowUs) {
    if (!bookFaults.healthy()) {
      bookFaults.madeUp(nowUs).forEach(this::number);
      Fill found = bookFaults.foundAgain(nowUs);
      if (found != null) {
        number(found);
      }
    }
  }

  private void publish(Order order) {
    if (bookFaults.healthy()) {
      number(order);
    } else {
      bookFaults.orders(order).forEach(this::number);
    }
  }

  private void publish(Fill fill) {
    if (bookFaults.healthy()) {
      number(fill);
    } else {
      bookFaults.fills(fill).forEach(this::number);
    }
  }

  private void number(Order order) {
    orders++;
    sink.order(order.seq() == orders ? order : BookFaults.numbered(order, orders));
  }

  private void number(Fill fill) {
    fills++;
    sink.fill(fill.seq() == fills ? fill : BookFaults.numbered(fill, fills));
  }

  void hash(StateHash hash) {
    hash.add(sentHash.value()).add(ticks).add(orders).add(fills).add(healths).add(ledgers);
  }
}
