// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.fault;

import dev.sluice.engine.fault.FaultKind.Layer;
import dev.sluice.engine.fault.FaultPlan.Window;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a broken engine publishes in place of the truth: one record of the engine in, none, one or
 * several out. It stands before the records are numbered, so that the streams have no gap. A fault
 * about a record spoils the first one that fits after its start and no other; a fault about the
 * ledger spoils every snapshot while it lasts. The engine itself stays sound and knows nothing of
 * it. Deterministic; not thread-safe.
 */
public final class BookFaults {
  private static final long NO_NUMBER = 0;
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final FaultPlan plan;
  private final boolean healthy;
  private final Set<String> done = new HashSet<>();
  private final LedgerFaults ledgers;

  /** By id of a made-up order: the true one it is made like. */
  private final Map<String, Order> templates = new HashMap<>();

  private Order anyOrder;
  private Fill lost;
  private Window lostUntil;

  public BookFaults(FaultPlan plan) {
    this.plan = plan;
    this.healthy = plan.without(FaultKind.of(Layer.BOOK));
    this.ledgers = new LedgerFaults(plan);
  }

  /** Nothing is ever spoiled. */
  public boolean healthy() {
    return healthy;
  }

  /** The same record with its number in the stream. */
  public static <T extends Record> T numbered(T message, long seq) {
    return Altered.copy(message, "seq", seq);
  }

  /** What is published in place of an order's step, in this order. */
  public List<Order> orders(Order order) {
    ledgers.trades(order.symbol());
    anyOrder = order;
    long nowUs = order.eventTimeUs();
    List<Order> out = new ArrayList<>();
    if (order.state() == OrderState.INTENDED) {
      Window window = first(FaultKind.INTENT_UNFINISHED, nowUs);
      if (window != null) {
        out.add(made(order, window, order.state()));
      }
    }
    boolean filledAtOnce = order.state() == OrderState.FILLED && order.type() == OrderType.MARKET;
    if (filledAtOnce && first(FaultKind.ORDER_CUM_FELL, nowUs) != null) {
      BigDecimal half = order.cumQty().multiply(HALF);
      out.add(partly(order, half));
      out.add(partly(order, half.multiply(HALF)));
    }
    out.add(order);
    if (order.state() == OrderState.SUBMITTED) {
      submitted(order, out);
    }
    boolean partlyFilled = order.state() == OrderState.PARTIALLY_FILLED;
    if (partlyFilled && first(FaultKind.ORDER_CUM_FELL, nowUs) != null) {
      out.add(partly(order, order.cumQty().multiply(HALF)));
    }
    if (order.state().terminal()) {
      ended(order, out);
    }
    return out;
  }

  private static Order partly(Order order, BigDecimal cumQty) {
    return Altered.copy(order, "state", OrderState.PARTIALLY_FILLED, "cumQty", cumQty);
  }

  private void submitted(Order order, List<Order> out) {
    if (first(FaultKind.ORDER_TWICE, order.eventTimeUs()) != null) {
      out.add(order);
    }
    if (first(FaultKind.TIMEOUT_EARLY, order.eventTimeUs()) != null) {
      out.add(
          Altered.copy(order, "state", OrderState.UNKNOWN, "reason", "no answer from the venue"));
    }
  }

  private void ended(Order order, List<Order> out) {
    if (first(FaultKind.ORDER_MOVE_ILLEGAL, order.eventTimeUs()) != null) {
      out.add(Altered.copy(order, "state", OrderState.ACKED));
    }
    Window reused = first(FaultKind.ORDER_ID_REUSED, order.eventTimeUs());
    if (reused != null) {
      Order again =
          Altered.copy(
              made(order, reused, OrderState.INTENDED), "clientOrderId", order.clientOrderId());
      out.add(again);
      Order sent =
          Altered.copy(again, "state", OrderState.SUBMITTED, "submittedAtUs", order.eventTimeUs());
      out.add(sent);
      out.add(
          Altered.copy(sent, "state", OrderState.REJECTED, "reason", "duplicate client order id"));
    }
  }

  /** What is published in place of a fill. */
  public List<Fill> fills(Fill fill) {
    long nowUs = fill.eventTimeUs();
    Window hold = lost == null ? first(FaultKind.FILL_LOST, nowUs) : null;
    if (hold != null) {
      lost = fill;
      lostUntil = hold;
      return List.of();
    }
    List<Fill> out = new ArrayList<>();
    out.add(wrong(fill));
    if (first(FaultKind.FILL_TWICE, nowUs) != null) {
      out.add(fill);
    }
    Window phantom = first(FaultKind.FILL_PHANTOM, nowUs);
    if (phantom != null) {
      out.add(Altered.copy(fill, "fillId", phantom.orderId()));
    }
    return out;
  }

  private Fill wrong(Fill fill) {
    Window qty = first(FaultKind.FILL_QTY_WRONG, fill.eventTimeUs());
    if (qty != null) {
      return Altered.copy(fill, "qty", fill.qty().multiply(number(qty, "factor", 0.5)));
    }
    Window price = first(FaultKind.FILL_PRICE_WRONG, fill.eventTimeUs());
    if (price != null) {
      BigDecimal factor = number(price, "bps", 20).movePointLeft(4).add(BigDecimal.ONE);
      return Altered.copy(fill, "price", fill.price().multiply(factor));
    }
    Window fee = first(FaultKind.FILL_FEE_WRONG, fill.eventTimeUs());
    return fee == null
        ? fill
        : Altered.copy(fill, "fee", fill.fee().add(number(fee, "excess", 1.0)));
  }

  /** What is published in place of a snapshot. */
  public Ledger ledger(Ledger ledger) {
    return ledgers.of(ledger);
  }

  /** A fill held back until now, to be published at this time; null when there is none. */
  public Fill foundAgain(long nowUs) {
    if (lost == null || nowUs < lostUntil.toUs()) {
      return null;
    }
    Fill found = Altered.copy(lost, "eventTimeUs", nowUs);
    lost = null;
    return found;
  }

  /** Steps of orders that the faults have made up and that are due now, without true orders. */
  public List<Order> madeUp(long nowUs) {
    List<Order> out = new ArrayList<>();
    for (Window window : plan.windows(FaultKind.ORDER_MISSING)) {
      if (anyOrder != null && window.contains(nowUs) && done.add(window.orderId())) {
        templates.put(window.orderId(), anyOrder);
        out.add(resting(window, OrderState.INTENDED, nowUs));
        out.add(resting(window, OrderState.SUBMITTED, nowUs));
        out.add(resting(window, OrderState.ACKED, nowUs));
      }
      boolean over = nowUs >= window.toUs() && done.contains(window.orderId());
      if (over && done.add(window.orderId() + " over")) {
        out.add(resting(window, OrderState.CANCEL_REQUESTED, nowUs));
        out.add(resting(window, OrderState.CANCELLED, nowUs));
      }
    }
    return out;
  }

  /** A step of an order that rests at the venue for as long as the fault lasts. */
  private Order resting(Window window, OrderState state, long nowUs) {
    return Altered.copy(
        made(templates.get(window.orderId()), window, state),
        "eventTimeUs",
        nowUs,
        "qty",
        window.qty(),
        "submittedAtUs",
        state == OrderState.INTENDED ? null : Long.valueOf(window.fromUs()));
  }

  /** A step of an order that has never been, otherwise as {@code like}. */
  private static Order made(Order like, Window window, OrderState state) {
    return Altered.copy(
        like,
        "seq",
        NO_NUMBER,
        "intentId",
        window.orderId() + "-intent",
        "clientOrderId",
        window.orderId(),
        "purpose",
        Purpose.QUOTE,
        "venueOrderId",
        null,
        "state",
        state,
        "cumQty",
        BigDecimal.ZERO,
        "submittedAtUs",
        null,
        "venueTimeUs",
        null,
        "reason",
        null,
        "hedgeOf",
        null,
        "hedgeLevel",
        null,
        "correlationId",
        window.orderId() + "-intent",
        "causationId",
        window.orderId() + "-intent");
  }

  /** The fault of a kind if it is in force and has not found its record yet. */
  private Window first(FaultKind kind, long nowUs) {
    Window window = plan.active(kind, nowUs);
    return window != null && done.add(window.fault().id()) ? window : null;
  }

  private static BigDecimal number(Window window, String key, double fallback) {
    return BigDecimal.valueOf(window.param(key, fallback));
  }
}
