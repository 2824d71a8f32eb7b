// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.gate.OpenWork;
import dev.sluice.engine.gate.WorkingOrder;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.OrderStatus;
import dev.sluice.engine.venue.Venue;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The engine's own orders. The only way to the venue: nothing is sent that the judge, the hard caps
 * or the breaker forbid, nor before {@link Recovery} is done; cancels always pass. Not thread-safe.
 */
final class Orders {
  private static final long KEEP_ENDED_US = 3_600_000_000L;
  private static final long FORGET_EVERY_US = 600_000_000L;

  private final TrialSlots slots;
  private final Venue venue;
  private final Publisher publisher;
  private final Account account;
  private final GateClient gate;
  private final CircuitBreaker breaker;
  private final FaultPlan faults;
  private final Journal journal;
  private final OrderRate rate;
  private final double maxPosition;
  private final TakerCap takerCap;
  private final VenueClock clock = new VenueClock();
  private final SafeguardCounts counts = new SafeguardCounts();
  private final OrderTable table = new OrderTable();
  private final OrderSteps steps;
  private final Queries queries;
  private final Inbox inbox;
  private final Unanswered unanswered;
  private final Recovery recovery;
  private long intents;
  private long apiErrors;
  private long refusals;
  private long forgetAtUs = Long.MIN_VALUE;

  Orders(
      EngineConfig config,
      Venue venue,
      Publisher publisher,
      Account account,
      Markets markets,
      GateClient gate,
      CircuitBreaker breaker,
      FaultPlan faults,
      Journal journal,
      TrialSlots slots) {
    this.slots = slots;
    this.venue = venue;
    this.publisher = publisher;
    this.account = account;
    this.gate = gate;
    this.breaker = breaker;
    this.faults = faults;
    this.journal = journal;
    this.rate = new OrderRate(config.caps().maxOrdersPerSecond());
    this.maxPosition = config.caps().maxPosition();
    this.takerCap = new TakerCap(config.taker().maxShare(), config.taker().windowMs());
    this.steps = new OrderSteps(table, journal, publisher, clock);
    this.queries = new Queries(venue);
    FillBook fills = new FillBook(account, takerCap, markets, publisher);
    this.inbox = new Inbox(table, steps, journal, fills, queries, clock, counts);
    this.unanswered = new Unanswered(table, steps, queries, clock, venue, breaker);
    boolean continues = publisher.run().restarts() > 0;
    this.recovery =
        new Recovery(table, steps, journal, queries, venue, account, gate, clock, continues);
  }

  /** Goes on coming back from a restart; nothing once that is done. */
  int recover(long nowUs) {
    return recovery.work(nowUs, this::cancel) ? 1 : 0;
  }

  boolean recovered() {
    return recovery.done();
  }

  /** A new intent's id, unique in every run and over restarts. */
  String nextIntentId() {
    intents++;
    return publisher.run().runId() + "-i" + journal.nextIntent();
  }

  TakerCap takerCap() {
    return takerCap;
  }

  VenueClock clock() {
    return clock;
  }

  SafeguardCounts counts() {
    return counts;
  }

  /** Sends an order unless something forbids it; says whether it went out. */
  boolean place(LiveOrder.Intent intent, long nowUs) {
    return send(intent, nowUs) != null;
  }

  /** As {@link #place}; returns the order, or null when it did not go out. */
  LiveOrder send(LiveOrder.Intent intent, long nowUs) {
    BigDecimal position = account.position(intent.symbol());
    boolean permitted =
        recovery.done()
            && withinCap(intent, position)
            && gate.permits(
                intent.purpose(),
                intent.side(),
                intent.qty(),
                position,
                openReducing(intent.symbol(), position))
            && rate.tryTake(nowUs);
    if (!permitted) {
      refusals++;
      return null;
    }
    LiveOrder order =
        new LiveOrder(intent.decidedIn(slots.mark(intent.symbol(), intent.mark(), nowUs)));
    steps.intend(order, nowUs);
    if (faults.apiFails(nowUs)) {
      apiErrors++;
      breaker.onError(nowUs);
      steps.step(order, OrderState.REJECTED, nowUs, "venue api does not answer");
      return null;
    }
    table.put(order);
    venue.submit(order.request(), nowUs);
    return order;
  }

  /** Asks the venue to cancel; an order that is not acknowledged yet is cancelled as well. */
  void cancel(LiveOrder order, long nowUs, String reason) {
    if (order.cancelAsked() || order.state() == OrderState.CANCEL_REQUESTED) {
      return;
    }
    order.askCancel(reason);
    venue.cancel(order.clientOrderId(), nowUs);
    if (order.state().mayBecome(OrderState.CANCEL_REQUESTED)) {
      steps.step(order, OrderState.CANCEL_REQUESTED, nowUs, reason);
    }
  }

  /** Takes a report; returns the order whose state it changed, or null. */
  LiveOrder onReport(ExecutionReport report, long nowUs) {
    LiveOrder order = inbox.onReport(report, nowUs);
    boolean refused = order != null && order.state() == OrderState.REJECTED;
    if (refused && !order.recovered() && !wouldHaveCrossed(report.reason())) {
      breaker.onError(nowUs);
    }
    return order;
  }

  /** Takes the answer to a query; returns the order whose state it changed, or null. */
  LiveOrder onStatus(OrderStatus status, long nowUs) {
    clock.observe(status.venueTimeUs(), nowUs);
    LiveOrder order = table.find(status.clientOrderId());
    LiveOrder changed = null;
    if (order != null && status.known()) {
      changed = inbox.onProof(order, status, nowUs);
    } else if (order != null) {
      boolean ended =
          (order.recovered() && recovery.absent(order, nowUs)) || unanswered.absent(order, nowUs);
      changed = ended ? order : null;
    }
    queries.answered(status.clientOrderId(), nowUs);
    return changed;
  }

  /** A post-only reject is the market's answer, no sign of a sick venue. */
  private static boolean wouldHaveCrossed(String reason) {
    return reason != null && reason.startsWith("post-only");
  }

  /** Asks the venue about orders it has not answered for long, and lets the journal forget. */
  void poll(long nowUs) {
    unanswered.work(nowUs);
    if (nowUs >= forgetAtUs) {
      forgetAtUs = nowUs + FORGET_EVERY_US;
      journal.forgetEnded(nowUs - KEEP_ENDED_US);
    }
  }

  private boolean withinCap(LiveOrder.Intent intent, BigDecimal position) {
    if (shrinks(intent.side(), position)) {
      return intent.qty().compareTo(position.abs()) <= 0 || fits(intent, position);
    }
    return fits(intent, position);
  }

  private boolean fits(LiveOrder.Intent intent, BigDecimal position) {
    double exposure = intent.side().sign() * position.doubleValue() + intent.qty().doubleValue();
    exposure += table.remaining(intent.symbol(), intent.side()).doubleValue();
    return exposure * intent.mid() <= maxPosition;
  }

  /** Quantity under way that would shrink the position. */
  BigDecimal openReducing(String symbol, BigDecimal position) {
    return position.signum() == 0
        ? BigDecimal.ZERO
        : table.remaining(symbol, position.signum() > 0 ? Side.SELL : Side.BUY);
  }

  static boolean shrinks(Side side, BigDecimal position) {
    return side.sign() * position.signum() < 0;
  }

  /** The order of this symbol, side and purpose that is not terminal, or null. */
  LiveOrder live(String symbol, Side side, Purpose purpose) {
    return table.live(symbol, side, purpose);
  }

  /** The arm a symbol is in, null outside a trial. */
  Arm arm(String symbol, long nowUs) {
    return SlotMark.of(slots.at(symbol, nowUs)).arm();
  }

  /** The quotes of a symbol that may still trade. */
  List<LiveOrder> quotes(String symbol) {
    return table.quotes(symbol);
  }

  /** Whether any order of this symbol waits for the venue's answer to its submission. */
  boolean awaitsAck(String symbol) {
    return table.awaitsAck(symbol);
  }

  /** A copy, so that cancelling while walking is safe. */
  List<LiveOrder> all() {
    return table.all();
  }

  List<OpenOrder> openOrders() {
    return table.openOrders();
  }

  /** Every order that may still trade, also those on their way to or from the venue. */
  OpenWork openWork() {
    return new OpenWork(table.working(), account.positions(), slots.takenUp());
  }

  /** Cancels what the mode in force forbids; returns how many cancels were sent. */
  int cancelForbidden(long nowUs) {
    int cancelled = 0;
    if (table.openCount() > 0) {
      for (WorkingOrder forbidden : gate.forbidden(openWork())) {
        LiveOrder order = table.findLive(forbidden.clientOrderId());
        if (!order.cancelAsked()) {
          cancel(order, nowUs, "control: " + gate.mode());
          cancelled++;
        }
      }
    }
    return cancelled;
  }

  /** What the open orders bind, by asset: base for sells, quote for priced buys. */
  Map<String, BigDecimal> held() {
    return table.held();
  }

  int openCount() {
    return table.openCount();
  }

  long unfilledCount(long nowUs) {
    return table.unfilledCount(nowUs);
  }

  long apiErrors() {
    return apiErrors;
  }

  void countApiError() {
    apiErrors++;
  }

  void hash(StateHash hash) {
    hash.add(intents).add(apiErrors).add(refusals);
    counts.hash(hash);
    clock.hash(hash);
    table.hash(hash);
  }
}
