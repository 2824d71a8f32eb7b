// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.engine.venue.OrderStatus;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.List;

/**
 * What is said over the wire (public for the codec): JSON, snake_case, money as decimal strings, as
 * {@link dev.sluice.schemas.codec.Json} writes it.
 */
public final class Wire {
  /** {@code error} of the answer about an order the venue has never heard of. */
  static final String UNKNOWN_ORDER = "unknown order";

  private Wire() {}

  /** Body of {@code POST /orders}. */
  public record OrderRequest(
      String clientOrderId,
      String symbol,
      Side side,
      OrderType type,
      @Nullable BigDecimal price,
      BigDecimal qty) {
    static OrderRequest of(NewOrder order) {
      return new OrderRequest(
          order.clientOrderId(),
          order.symbol(),
          order.side(),
          order.type(),
          order.price(),
          order.qty());
    }

    NewOrder order() {
      return new NewOrder(clientOrderId, symbol, side, type, price, qty);
    }
  }

  /** An execution report; the fields of a fill are null for a mere change of state. */
  public record Report(
      String clientOrderId,
      @Nullable String venueOrderId,
      String symbol,
      Side side,
      OrderState state,
      @Nullable BigDecimal price,
      BigDecimal qty,
      BigDecimal cumQty,
      @Nullable String fillId,
      @Nullable BigDecimal lastPrice,
      @Nullable BigDecimal lastQty,
      @Nullable Liquidity liquidity,
      @Nullable BigDecimal fee,
      @Nullable String feeAsset,
      @Nullable Double queueAhead,
      long venueTimeUs,
      @Nullable String reason) {
    static Report of(ExecutionReport report) {
      return new Report(
          report.clientOrderId(),
          report.venueOrderId(),
          report.symbol(),
          report.side(),
          report.state(),
          report.price(),
          report.qty(),
          report.cumQty(),
          report.fillId(),
          report.lastPrice(),
          report.lastQty(),
          report.liquidity(),
          report.fee(),
          report.feeAsset(),
          Double.isNaN(report.queueAhead()) ? null : report.queueAhead(),
          report.venueTimeUs(),
          report.reason());
    }

    ExecutionReport report() {
      return new ExecutionReport(
          clientOrderId,
          venueOrderId,
          symbol,
          side,
          state,
          price,
          qty,
          cumQty,
          fillId,
          lastPrice,
          lastQty,
          liquidity,
          fee,
          feeAsset,
          queueAhead == null ? Double.NaN : queueAhead,
          venueTimeUs,
          reason);
    }
  }

  /** What the venue knows of an order: answer of POST, GET and DELETE. */
  public record Status(
      String clientOrderId,
      Report newest,
      List<Report> executions,
      long venueTimeUs,
      String runId) {
    static Status of(OrderStatus status, String runId) {
      return new Status(
          status.clientOrderId(),
          Report.of(status.newest()),
          status.executions().stream().map(Report::of).toList(),
          status.venueTimeUs(),
          runId);
    }

    OrderStatus status() {
      return new OrderStatus(
          clientOrderId,
          true,
          newest.report(),
          executions.stream().map(Report::report).toList(),
          venueTimeUs);
    }
  }

  /** Answer of {@code GET /orders}: what rests now. */
  public record OpenOrders(List<Report> orders, long venueTimeUs, String runId) {}

  /**
   * Answer of {@code GET /account}.
   *
   * @param lastSeq sequence number of the newest report the answer includes
   */
  public record AccountView(
      String account,
      List<Balance> balances,
      List<Position> positions,
      long lastSeq,
      long venueTimeUs,
      String runId) {}

  /** Answer of {@code GET /time}: the venue's clock. */
  public record TimeView(long venueTimeUs, String runId) {}

  /** Answer of {@code GET /healthz}. */
  public record HealthView(
      String status,
      String runId,
      List<String> symbols,
      long lastSeq,
      int openOrders,
      int rememberedOrders,
      int sockets) {}

  /** Answer of anything that failed: what, and how to mend it. */
  public record ErrorView(String error, String hint) {}

  /** Kinds of messages on the stream. */
  public enum Kind {
    /** The first one: who speaks, what it trades, up to which number there are reports. */
    HELLO,
    /** One execution report and its number. */
    REPORT,
    /** Reports up to {@code last_seq} are no longer held: ask for each order that matters. */
    GAP,
    /** One market event. */
    MARKET,
    /** The venue's clock, once a second: a sign of life. */
    TIME
  }

  /** One message on the stream; what a kind does not need is null. */
  public record Message(
      Kind type,
      String runId,
      long venueTimeUs,
      @Nullable Long seq,
      @Nullable Long lastSeq,
      @Nullable List<String> symbols,
      @Nullable Report report,
      @Nullable MarketMessage market) {}
}
