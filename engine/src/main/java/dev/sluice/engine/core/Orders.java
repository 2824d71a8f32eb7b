// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.gate.OpenWork;
import dev.sluice.engine.gate.WorkingOrder;
import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.Venue;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The engine's own orders. The only way to the venue: nothing is sent that the judge, the hard caps
 * or the breaker forbid; cancels always pass. Keeps the order table, books fills and publishes
 * every step. Not thread-safe.
 */
final class Orders {
  private static final int REMEMBERED = 4_096;
  private static final long UNFILLED_AFTER_US = 300_000_000L;
  private static final long UNKNOWN_AFTER_US = 10_000_000L;

  private final Venue venue;
  private final Publisher publisher;
  private final Account account;
  private final Markets markets;
  private final GateClient gate;
  private final CircuitBreaker breaker;
  private final FaultPlan faults;
  private final OrderRate rate;
  private final double maxPosition;
  private final TakerCap takerCap;
  private final List<LiveOrder> live = new ArrayList<>();
  private final Map<String, LiveOrder> done =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LiveOrder> eldest) {
          return size() > REMEMBERED;
        }
      };
  private long intents;
  private long apiErrors;
  private long refusals;
  private long strayReports;

  Orders(
      EngineConfig config,
      Venue venue,
      Publisher publisher,
      Account account,
      Markets markets,
      GateClient gate,
      CircuitBreaker breaker,
      FaultPlan faults) {
    this.venue = venue;
    this.publisher = publisher;
    this.account = account;
    this.markets = markets;
    this.gate = gate;
    this.breaker = breaker;
    this.faults = faults;
    this.rate = new OrderRate(config.caps().maxOrdersPerSecond());
    this.maxPosition = config.caps().maxPosition();
    this.takerCap = new TakerCap(config.taker().maxShare(), config.taker().windowMs());
  }

  /** A new intent's id, unique in every run. */
  String nextIntentId() {
    return publisher.run().runId() + "-i" + ++intents;
  }

  TakerCap takerCap() {
    return takerCap;
  }

  /** Sends an order unless something forbids it; says whether it went out. */
  boolean place(LiveOrder.Intent intent, long nowUs) {
    BigDecimal position = account.position(intent.symbol());
    boolean permitted =
        withinCap(intent, position)
            && gate.permits(
                intent.purpose(),
                intent.side(),
                intent.qty(),
                position,
                openReducing(intent.symbol(), position))
            && rate.tryTake(nowUs);
    if (!permitted) {
      refusals++;
      return false;
    }
    LiveOrder order = new LiveOrder(intent);
    publisher.order(order, nowUs, null, null);
    order.submitted(nowUs);
    publisher.order(order, nowUs, null, null);
    if (faults.apiFails(nowUs)) {
      apiErrors++;
      breaker.onError(nowUs);
      order.moveTo(OrderState.REJECTED, nowUs);
      publisher.order(order, nowUs, null, "venue api does not answer");
      return false;
    }
    live.add(order);
    venue.submit(order.request(), nowUs);
    return true;
  }

  /** Asks the venue to cancel; an order that is not acknowledged yet is cancelled as well. */
  void cancel(LiveOrder order, long nowUs, String reason) {
    if (order.cancelAsked() || order.state() == OrderState.CANCEL_REQUESTED) {
      return;
    }
    order.askCancel(reason);
    venue.cancel(order.clientOrderId(), nowUs);
    if (OrderMoves.legal(order.state(), OrderState.CANCEL_REQUESTED)) {
      order.moveTo(OrderState.CANCEL_REQUESTED, nowUs);
      publisher.order(order, nowUs, null, reason);
    }
  }

  /** Takes a report; returns the order it changed, or null when it said nothing new. */
  LiveOrder onReport(ExecutionReport report, long nowUs) {
    LiveOrder order = find(report.clientOrderId());
    boolean late = order == null;
    if (late) {
      order = done.get(report.clientOrderId());
    }
    if (order == null || (late && report.fillId() == null)) {
      strayReports++;
      return null;
    }
    order.proven(report.venueOrderId(), report.queueAhead());
    boolean executed = report.fillId() != null && report.cumQty().compareTo(order.cumQty()) > 0;
    if (executed) {
      book(order, report, nowUs);
    }
    if (late) {
      strayReports++;
      return order;
    }
    move(order, report, executed, nowUs);
    if (order.state().terminal()) {
      live.remove(order);
      done.put(order.clientOrderId(), order);
    }
    if (order.state() == OrderState.REJECTED && !wouldHaveCrossed(report.reason())) {
      breaker.onError(nowUs);
    }
    return order;
  }

  /** A post-only reject is the market's answer, no sign of a sick venue. */
  private static boolean wouldHaveCrossed(String reason) {
    return reason != null && reason.startsWith("post-only");
  }

  private void move(LiveOrder order, ExecutionReport report, boolean executed, long nowUs) {
    if (OrderMoves.legal(order.state(), report.state())) {
      order.moveTo(report.state(), nowUs);
    } else if (!executed) {
      strayReports++;
      return;
    }
    publisher.order(order, nowUs, report.venueTimeUs(), report.reason());
    boolean resting =
        order.state() == OrderState.ACKED || order.state() == OrderState.PARTIALLY_FILLED;
    if (resting && order.cancelAsked()) {
      order.moveTo(OrderState.CANCEL_REQUESTED, nowUs);
      publisher.order(order, nowUs, null, order.cancelReason());
    }
  }

  private void book(LiveOrder order, ExecutionReport report, long nowUs) {
    account.fill(order.symbol(), order.side(), report.lastPrice(), report.lastQty(), report.fee());
    order.filledTo(report.cumQty());
    takerCap.add(
        report.lastPrice().multiply(report.lastQty()).doubleValue(),
        report.liquidity() == Liquidity.TAKER,
        nowUs);
    double mid = markets.of(order.symbol()).book().mid();
    publisher.fill(order, report, nowUs, mid, account.position(order.symbol()));
  }

  /**
   * Asks the venue about orders it has not answered for long; returns those that are over, because
   * the venue does not hold them.
   */
  List<LiveOrder> resolveUnanswered(long nowUs) {
    List<LiveOrder> over = new ArrayList<>();
    for (LiveOrder order : live) {
      boolean waiting =
          order.state() == OrderState.SUBMITTED || order.state() == OrderState.CANCEL_REQUESTED;
      if (waiting && nowUs - order.changedUs() > UNKNOWN_AFTER_US) {
        order.moveTo(OrderState.UNKNOWN, nowUs);
        publisher.order(order, nowUs, null, "no answer from the venue");
      } else if (order.state() == OrderState.UNKNOWN && !restsAtVenue(order)) {
        over.add(order);
      } else if (order.state() == OrderState.UNKNOWN) {
        order.forgetCancel();
        order.moveTo(
            order.cumQty().signum() == 0 ? OrderState.ACKED : OrderState.PARTIALLY_FILLED, nowUs);
        publisher.order(order, nowUs, null, "proven by the venue");
      }
    }
    over.forEach(order -> giveUp(order, nowUs));
    return over;
  }

  /**
   * Ends an order the venue does not hold. Should its submission still be under way, the cancel
   * that follows it takes it off; a fill that is reported late is booked.
   */
  private void giveUp(LiveOrder order, long nowUs) {
    boolean acked = order.venueOrderId() != null || order.cumQty().signum() > 0;
    venue.cancel(order.clientOrderId(), nowUs);
    order.moveTo(acked ? OrderState.CANCELLED : OrderState.REJECTED, nowUs);
    publisher.order(order, nowUs, null, "the venue does not hold it");
    live.remove(order);
    done.put(order.clientOrderId(), order);
    if (!acked) {
      breaker.onError(nowUs);
    }
  }

  private boolean restsAtVenue(LiveOrder order) {
    for (OpenOrder open : venue.openOrders()) {
      if (open.clientOrderId().equals(order.clientOrderId())) {
        return true;
      }
    }
    return false;
  }

  private boolean withinCap(LiveOrder.Intent intent, BigDecimal position) {
    if (shrinks(intent.side(), position)) {
      return intent.qty().compareTo(position.abs()) <= 0 || fits(intent, position);
    }
    return fits(intent, position);
  }

  private boolean fits(LiveOrder.Intent intent, BigDecimal position) {
    double exposure = intent.side().sign() * position.doubleValue() + intent.qty().doubleValue();
    for (LiveOrder order : live) {
      if (order.side() == intent.side() && order.symbol().equals(intent.symbol())) {
        exposure += order.remaining().doubleValue();
      }
    }
    return exposure * intent.mid() <= maxPosition;
  }

  /** Quantity under way that would shrink the position. */
  BigDecimal openReducing(String symbol, BigDecimal position) {
    BigDecimal sum = BigDecimal.ZERO;
    for (LiveOrder order : live) {
      if (order.symbol().equals(symbol) && shrinks(order.side(), position)) {
        sum = sum.add(order.remaining());
      }
    }
    return sum;
  }

  static boolean shrinks(Side side, BigDecimal position) {
    return side.sign() * position.signum() < 0;
  }

  /** The order of this symbol, side and purpose that is not terminal, or null. */
  LiveOrder live(String symbol, Side side, Purpose purpose) {
    for (LiveOrder order : live) {
      if (order.side() == side && order.purpose() == purpose && order.symbol().equals(symbol)) {
        return order;
      }
    }
    return null;
  }

  /** Whether any order of this symbol waits for the venue's answer to its submission. */
  boolean awaitsAck(String symbol) {
    for (LiveOrder order : live) {
      if (order.state() == OrderState.SUBMITTED && order.symbol().equals(symbol)) {
        return true;
      }
    }
    return false;
  }

  /** A copy, so that cancelling while walking is safe. */
  List<LiveOrder> all() {
    return List.copyOf(live);
  }

  List<OpenOrder> openOrders() {
    List<OpenOrder> open = new ArrayList<>();
    for (LiveOrder order : live) {
      LiveOrder.Intent intent = order.intent();
      open.add(
          new OpenOrder(
              order.clientOrderId(), intent.symbol(), intent.side(), intent.qty(), order.cumQty()));
    }
    return open;
  }

  /** Every order that may still trade, also those on their way to or from the venue. */
  OpenWork openWork() {
    List<WorkingOrder> working = new ArrayList<>();
    for (LiveOrder order : live) {
      working.add(
          new WorkingOrder(
              order.clientOrderId(),
              order.symbol(),
              order.side(),
              order.remaining(),
              order.purpose()));
    }
    return new OpenWork(working, account.positions());
  }

  /** Cancels what the mode in force forbids; returns how many cancels were sent. */
  int cancelForbidden(long nowUs) {
    int cancelled = 0;
    if (!live.isEmpty()) {
      for (WorkingOrder forbidden : gate.forbidden(openWork())) {
        LiveOrder order = find(forbidden.clientOrderId());
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
    Map<String, BigDecimal> held = new HashMap<>();
    for (LiveOrder order : live) {
      Instrument instrument = Instrument.of(order.symbol());
      BigDecimal price = order.intent().price();
      if (order.side() == Side.SELL) {
        held.merge(instrument.baseAsset(), order.remaining(), BigDecimal::add);
      } else if (price != null) {
        held.merge(instrument.quoteAsset(), order.remaining().multiply(price), BigDecimal::add);
      }
    }
    return held;
  }

  int openCount() {
    return live.size();
  }

  long unfilledCount(long nowUs) {
    long count = 0;
    for (LiveOrder order : live) {
      if (nowUs - order.submittedAtUs() > UNFILLED_AFTER_US) {
        count++;
      }
    }
    return count;
  }

  long apiErrors() {
    return apiErrors;
  }

  void countApiError() {
    apiErrors++;
  }

  void hash(StateHash hash) {
    hash.add(intents).add(apiErrors).add(refusals).add(strayReports);
    for (LiveOrder order : live) {
      hash.add(order.clientOrderId()).add(order.state().name()).add(order.cumQty());
    }
  }

  private LiveOrder find(String clientOrderId) {
    for (LiveOrder order : live) {
      if (order.clientOrderId().equals(clientOrderId)) {
        return order;
      }
    }
    return null;
  }
}
