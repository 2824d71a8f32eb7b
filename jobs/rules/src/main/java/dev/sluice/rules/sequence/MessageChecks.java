// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

import dev.sluice.rules.bucket.EngineClock;
import dev.sluice.rules.bucket.Plausibility;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Position;
import java.math.BigDecimal;

/** Finds messages that can be read but cannot be. Pure. */
public final class MessageChecks {
  private static final long MAX_SEQ = 1L << 50;
  private static final int MAX_DIGITS = 60;
  private static final int MAX_SCALE = 30;
  private static final BigDecimal MAX_AMOUNT = new BigDecimal("1e12");

  private MessageChecks() {}

  /**
   * The reason why a message cannot be, in one sentence, or null.
   *
   * @param skewUs LIVE, PAPER: how far an engine's message may be ahead of its append time
   * @param venueSkewUs the same of the venue, whose clock is judged elsewhere
   */
  public static String problem(EngineEvent event, long skewUs, long venueSkewUs) {
    long seq = Stamp.seq(event);
    if (seq <= 0 || seq > MAX_SEQ) {
      return "seq " + seq + " is impossible";
    }
    String problem = Plausibility.ofTime(Stamp.timeUs(event));
    boolean venue = EventStream.of(event).venue();
    problem = problem == null ? ahead(event, venue ? venueSkewUs : skewUs) : problem;
    return problem == null ? values(event) : problem;
  }

  private static String ahead(EngineEvent event, long skewUs) {
    long aheadUs = Stamp.timeUs(event) - event.ingestUs();
    boolean wrong =
        EngineClock.wallClock(event.source()) && event.ingestUs() > 0 && aheadUs > skewUs;
    return wrong ? "event time is " + aheadUs / 1_000 + " ms ahead of Kafka" : null;
  }

  private static String values(EngineEvent event) {
    if (event.order() != null) {
      return of(event.order());
    } else if (event.fill() != null) {
      return of(event.fill());
    } else if (event.health() != null) {
      return Plausibility.of(event.health());
    } else if (event.dropCopy() != null) {
      return of(event.dropCopy());
    }
    return of(event.ledger());
  }

  private static String of(Order order) {
    String problem = order.price() == null ? null : size("price", order.price());
    problem = problem == null ? size("qty", order.qty()) : problem;
    return problem == null ? size("cum_qty", order.cumQty()) : problem;
  }

  private static String of(Fill fill) {
    String problem = positive("price", fill.price());
    problem = problem == null ? positive("qty", fill.qty()) : problem;
    problem = problem == null ? amount("fee", fill.fee()) : problem;
    return problem == null ? amount("position_after", fill.positionAfter()) : problem;
  }

  private static String of(DropCopy copy) {
    String problem = copy.price() == null ? null : size("price", copy.price());
    problem = problem == null ? size("qty", copy.qty()) : problem;
    problem = problem == null ? size("cum_qty", copy.cumQty()) : problem;
    if (problem != null || copy.fillId() == null) {
      return problem;
    }
    if (copy.lastPrice() == null || copy.lastQty() == null) {
      return "an execution without price or quantity";
    }
    problem = positive("last_price", copy.lastPrice());
    problem = problem == null ? positive("last_qty", copy.lastQty()) : problem;
    return problem == null && copy.fee() != null ? amount("fee", copy.fee()) : problem;
  }

  private static String of(Ledger ledger) {
    if (ledger.balances().contains(null)
        || ledger.positions().contains(null)
        || ledger.openOrders().contains(null)) {
      return "an entry of the book is null";
    }
    String problem = Plausibility.ofTime(ledger.asOfUs());
    for (Balance balance : ledger.balances()) {
      problem = problem == null ? name("asset", balance.asset()) : problem;
      problem = problem == null ? amount("total of " + balance.asset(), balance.total()) : problem;
      problem = problem == null ? amount("free of " + balance.asset(), balance.free()) : problem;
    }
    for (Position position : ledger.positions()) {
      problem = problem == null ? name("symbol", position.symbol()) : problem;
      problem = problem == null ? amount("qty of " + position.symbol(), position.qty()) : problem;
    }
    for (OpenOrder order : ledger.openOrders()) {
      String name = "qty of " + order.clientOrderId();
      problem = problem == null ? name("client_order_id", order.clientOrderId()) : problem;
      problem = problem == null ? size(name, order.qty()) : problem;
      problem = problem == null ? size("cum_" + name, order.cumQty()) : problem;
    }
    return problem;
  }

  private static String name(String field, String value) {
    return value == null ? field + " is missing" : null;
  }

  private static String positive(String name, BigDecimal value) {
    String problem = size(name, value);
    return problem == null && value.signum() == 0 ? name + " 0 is impossible" : problem;
  }

  private static String size(String name, BigDecimal value) {
    String problem = amount(name, value);
    return problem == null && value.signum() < 0
        ? name + " " + value.toPlainString() + " is impossible"
        : problem;
  }

  /** Digits and scale that arithmetic can afford: 1e999999999 is legal JSON. */
  private static String amount(String name, BigDecimal value) {
    if (value == null) {
      return name + " is missing";
    }
    if (value.precision() > MAX_DIGITS || Math.abs(value.scale()) > MAX_SCALE) {
      return name + " of scale " + value.scale() + " is impossible";
    }
    return value.abs().compareTo(MAX_AMOUNT) < 0
        ? null
        : name + " " + value.toPlainString() + " is impossible";
  }
}
