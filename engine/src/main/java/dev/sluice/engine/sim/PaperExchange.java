// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.engine.market.SeededRandom;
import dev.sluice.engine.sim.VenueFaults.Fillable;
import dev.sluice.engine.sim.VenueReporter.Execution;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.engine.venue.OrderStatus;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What the venue does with a request once it has arrived, without any way or wait in between. */
final class PaperExchange {
  private static final int FEE_SCALE = 8;

  private final PaperVenueSettings settings;
  private final VenueFaults faults;
  private final VenueReporter reporter;
  private final Consumer<ExecutionReport> sink;
  private final LongSupplier venueClock;
  private final VenueLedger ledger;
  private final String fillPrefix;
  private final SeededRandom rejects;
  private final Map<String, PaperMatching> markets = new LinkedHashMap<>();
  private final Map<String, PaperOrder> open = new LinkedHashMap<>();
  private final OrderMemory memory;

  private long orderCount;
  private long fillCount;

  PaperExchange(
      PaperVenueSettings settings,
      VenueIdentity identity,
      VenueFaults faults,
      VenueReporter reporter,
      long seed,
      LongSupplier venueClock,
      Consumer<ExecutionReport> sink) {
    this.settings = settings;
    this.faults = faults;
    this.reporter = reporter;
    this.sink = sink;
    this.venueClock = venueClock;
    this.ledger =
        new VenueLedger(settings.instruments(), settings.initialQuote(), settings.initialBase());
    this.fillPrefix = identity.runId() + "-f";
    this.rejects = SeededRandom.of(seed, "venue rejects");
    this.memory = new OrderMemory(settings.rememberedOrderIds());
    PaperMatching.Executions executions =
        new PaperMatching.Executions() {
          @Override
          public void executed(PaperOrder order, BigDecimal price, long lots, Liquidity liquidity) {
            PaperExchange.this.executed(order, price, lots, liquidity);
          }

          @Override
          public boolean passedOver(PaperOrder order) {
            return faults.passesOver(order.request, venueClock.getAsLong());
          }
        };
    for (Instrument instrument : settings.instruments()) {
      markets.put(
          instrument.symbol(),
          new PaperMatching(instrument, settings.cancelAheadShare(), executions));
    }
  }

  VenueLedger ledger() {
    return ledger;
  }

  OrderBook book(String symbol) {
    PaperMatching market = markets.get(symbol);
    return market == null ? null : market.book();
  }

  void onMarket(MarketEvent event) {
    PaperMatching market = markets.get(event.symbol());
    if (market != null) {
      market.onMarket(event);
    }
  }

  void accept(NewOrder request, long nowUs) {
    String reason = refusal(request);
    if (reason != null) {
      reject(request, reason);
      return;
    }
    PaperMatching market = markets.get(request.symbol());
    PaperOrder order = opened(request, market);
    boolean takes = request.type() == OrderType.MARKET || market.crosses(order.side, order.price);
    if (!takes) {
      market.rest(order);
    }
    report(order, OrderState.ACKED, null, null);
    if (takes) {
      Fillable fillable =
          request.type() == OrderType.MARKET ? faults.fillable(request, nowUs) : Fillable.ALL;
      market.take(order, (long) Math.floor(fillable.share() * order.lots));
      settleTaker(order, market, fillable);
    }
  }

  /** Puts an order into the book that is known to fit there. */
  void rest(NewOrder request) {
    PaperMatching market = markets.get(request.symbol());
    PaperOrder order = opened(request, market);
    market.rest(order);
    report(order, OrderState.ACKED, null, null);
  }

  private PaperOrder opened(NewOrder request, PaperMatching market) {
    orderCount++;
    PaperOrder order = new PaperOrder(request, market.instrument(), "v" + orderCount);
    open.put(request.clientOrderId(), order);
    return order;
  }

  void reject(NewOrder request, String reason) {
    ExecutionReport report = reporter.rejected(request, venueClock.getAsLong(), reason);
    if (!knows(request.clientOrderId())) {
      memory.remember(report);
    }
    sink.accept(report);
  }

  /** Cancels a resting order; false when there is none. */
  boolean cancel(String clientOrderId, long nowUs) {
    PaperOrder order = open.get(clientOrderId);
    if (order == null) {
      return false;
    }
    PaperMatching market = markets.get(order.request.symbol());
    if (order.queue != null && faults.fillsBeforeCancel(order.request, nowUs)) {
      market.fill(order);
      return false;
    }
    open.remove(clientOrderId);
    market.remove(order);
    report(order, OrderState.CANCELLED, null, null);
    return true;
  }

  /** What it knows of an order. */
  OrderStatus status(String clientOrderId) {
    return memory.status(clientOrderId, venueClock.getAsLong());
  }

  double queueAhead(String clientOrderId) {
    PaperOrder order = open.get(clientOrderId);
    return order == null || order.queue == null ? Double.NaN : order.queue.ahead();
  }

  List<OpenOrder> openOrders() {
    List<OpenOrder> orders = new ArrayList<>();
    for (PaperOrder order : open.values()) {
      NewOrder request = order.request;
      orders.add(
          new OpenOrder(
              request.clientOrderId(),
              request.symbol(),
              request.side(),
              request.qty(),
              order.cumQty()));
    }
    return orders;
  }

  List<Balance> balances() {
    return ledger.balances(held());
  }

  private void settleTaker(PaperOrder order, PaperMatching market, Fillable fillable) {
    if (order.leftLots() == 0 || fillable.rests()) {
      return;
    }
    if (order.request.type() == OrderType.MARKET) {
      open.remove(order.request.clientOrderId());
      report(order, OrderState.EXPIRED, null, "no depth left");
    } else {
      market.rest(order);
    }
  }

  private String refusal(NewOrder request) {
    boolean unlucky = rejects.chance(settings.rejectRatio());
    String id = request.clientOrderId();
    if (knows(id)) {
      return "duplicate client order id";
    }
    PaperMatching market = markets.get(request.symbol());
    if (market == null) {
      return "unknown symbol";
    }
    if (open.size() >= settings.maxOpenOrders()) {
      return "too many open orders";
    }
    String fault = faults.rejectReason(request, venueClock.getAsLong());
    if (fault != null) {
      return fault;
    }
    if (unlucky) {
      return "venue overloaded";
    }
    String shape = OrderChecks.shape(request, market, ledger.position(request.symbol()));
    return shape != null ? shape : lackingFunds(request, market);
  }

  private String lackingFunds(NewOrder request, PaperMatching market) {
    Map<String, BigDecimal> held = held();
    Instrument instrument = market.instrument();
    return OrderChecks.funds(
        request,
        market.book(),
        free(instrument.baseAsset(), held),
        free(instrument.quoteAsset(), held),
        settings.takerFeeRatio());
  }

  private BigDecimal free(String asset, Map<String, BigDecimal> held) {
    return ledger.total(asset).subtract(held.getOrDefault(asset, BigDecimal.ZERO));
  }

  /** What open orders hold of each asset. */
  private Map<String, BigDecimal> held() {
    Map<String, BigDecimal> held = new HashMap<>();
    for (PaperOrder order : open.values()) {
      if (order.side == Side.SELL) {
        held.merge(order.instrument.baseAsset(), order.left(), BigDecimal::add);
      } else if (order.request.price() != null) {
        BigDecimal value = order.left().multiply(order.request.price());
        held.merge(order.instrument.quoteAsset(), value, BigDecimal::add);
      }
    }
    return held;
  }

  private void executed(PaperOrder order, BigDecimal price, long lots, Liquidity liquidity) {
    BigDecimal qty = order.qty(lots);
    BigDecimal ratio =
        liquidity == Liquidity.MAKER ? settings.makerFeeRatio() : settings.takerFeeRatio();
    BigDecimal fee =
        price
            .multiply(qty)
            .multiply(ratio)
            .multiply(faults.feeFactor(venueClock.getAsLong()))
            .setScale(FEE_SCALE, RoundingMode.HALF_UP);
    ledger.execute(order.request.symbol(), order.side, price, qty, fee);
    boolean done = order.leftLots() == 0;
    if (done) {
      open.remove(order.request.clientOrderId());
    }
    fillCount++;
    report(
        order,
        done ? OrderState.FILLED : OrderState.PARTIALLY_FILLED,
        new Execution(fillPrefix + fillCount, price, qty, liquidity, fee),
        null);
  }

  private void report(PaperOrder order, OrderState state, Execution execution, String reason) {
    ExecutionReport report =
        reporter.report(order, state, execution, venueClock.getAsLong(), reason);
    memory.remember(report);
    sink.accept(report);
  }

  private boolean knows(String clientOrderId) {
    return memory.knows(clientOrderId) || open.containsKey(clientOrderId);
  }
}
