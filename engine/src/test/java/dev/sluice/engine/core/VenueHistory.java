// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.market.SeededRandom;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.OrderStatus;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Orders at random, and all that a venue has to say of them. */
final class VenueHistory {
  private static final BigDecimal LOT = new BigDecimal("0.1");

  private VenueHistory() {}

  /** An order as it is meant, and all the venue says of it, in its order. */
  record Told(LiveOrder.Intent intent, boolean cancelled, List<ExecutionReport> reports) {
    /** The venue's answer to a query once all of it has happened. */
    OrderStatus status(String clientOrderId) {
      List<ExecutionReport> executions =
          reports.stream().filter(report -> report.fillId() != null).toList();
      ExecutionReport newest = reports.get(reports.size() - 1);
      return new OrderStatus(clientOrderId, true, newest, executions, newest.venueTimeUs());
    }
  }

  /** An order of so many lots, of which some are filled, in steps at random. */
  static Told told(
      String symbol,
      String intentId,
      Side side,
      long lots,
      long filled,
      boolean rejected,
      boolean cancelled,
      long startUs,
      SeededRandom random) {
    BigDecimal qty = LOT.multiply(BigDecimal.valueOf(lots));
    BigDecimal price = BigDecimal.valueOf(99 + Math.round(random.nextDouble() * 20) / 10.0);
    LiveOrder.Intent intent =
        new LiveOrder.Intent(
            intentId,
            1,
            symbol,
            side,
            OrderType.POST_ONLY,
            Purpose.QUOTE,
            price,
            qty,
            price.doubleValue(),
            100.0);
    List<ExecutionReport> reports = new ArrayList<>();
    if (rejected) {
      reports.add(report(intent, OrderState.REJECTED, 0, 0, reports.size(), startUs));
      return new Told(intent, false, reports);
    }
    reports.add(report(intent, OrderState.ACKED, 0, 0, reports.size(), startUs));
    long done = 0;
    while (done < filled) {
      long step = 1 + (long) (random.nextDouble() * (filled - done));
      done += step;
      OrderState state = done == lots ? OrderState.FILLED : OrderState.PARTIALLY_FILLED;
      reports.add(report(intent, state, step, done, reports.size(), startUs));
    }
    if (done < lots) {
      OrderState end = cancelled ? OrderState.CANCELLED : OrderState.EXPIRED;
      reports.add(report(intent, end, 0, done, reports.size(), startUs));
    }
    return new Told(intent, cancelled, reports);
  }

  private static ExecutionReport report(
      LiveOrder.Intent intent,
      OrderState state,
      long lastLots,
      long cumLots,
      int number,
      long startUs) {
    String id = intent.intentId() + "-1";
    boolean execution = lastLots > 0;
    return new ExecutionReport(
        id,
        state == OrderState.REJECTED ? null : "v-" + id,
        intent.symbol(),
        intent.side(),
        state,
        intent.price(),
        intent.qty(),
        LOT.multiply(BigDecimal.valueOf(cumLots)),
        execution ? id + "-f" + number : null,
        execution ? intent.price() : null,
        execution ? LOT.multiply(BigDecimal.valueOf(lastLots)) : null,
        execution ? Liquidity.MAKER : null,
        execution ? new BigDecimal("0.01") : null,
        execution ? "USDT" : null,
        Double.NaN,
        startUs + number * 1_000L,
        null);
  }
}
