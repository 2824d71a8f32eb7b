// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads whole orders from their bytes; the contract is that of {@link Json#read}(bytes,
 * Order.class). Not thread-safe.
 */
public final class OrderRecordReader extends FlatReader<OrderRecordReader.Row> {
  private static final long INTENT = 1L << 7;
  private static final long CLIENT_ORDER = 1L << 8;
  private static final long SIDE = 1L << 9;
  private static final long TYPE = 1L << 10;
  private static final long PURPOSE = 1L << 11;
  private static final long STATE = 1L << 12;
  private static final long QTY = 1L << 13;
  private static final long CUM_QTY = 1L << 14;

  /** Working row. */
  static final class Row extends EventView {
    private String schema;
    private Long slot;
    private String intentId;
    private String clientOrderId;
    private String venueOrderId;
    private Side side;
    private OrderType orderType;
    private Purpose purpose;
    private OrderState state;
    private BigDecimal price;
    private BigDecimal qty;
    private BigDecimal cumQty;
    private Long submittedAtUs;
    private Long venueTimeUs;
    private String reason;
    private String hedgeOf;
    private Integer hedgeLevel;
    private String correlationId;
    private String causationId;
    private Double mid;
  }

  private final Row row = new Row();

  /** A reader for one thread. */
  public OrderRecordReader() {
    super(
        "Order",
        "intent_id",
        "client_order_id",
        "side",
        "type",
        "purpose",
        "state",
        "qty",
        "cum_qty");
  }

  /**
   * One order.
   *
   * @throws MalformedException as {@link Json#read}
   */
  public Order read(byte[] bytes) throws MalformedException {
    read(bytes, row);
    return new Order(
        row.schema,
        row.engineId,
        row.runId,
        row.seq,
        row.eventTimeUs,
        row.source,
        row.intentId,
        row.clientOrderId,
        row.venueOrderId,
        row.symbol,
        row.arm,
        row.slot,
        row.side,
        row.orderType,
        row.purpose,
        row.state,
        row.price,
        row.qty,
        row.cumQty,
        row.submittedAtUs,
        row.venueTimeUs,
        row.reason,
        row.hedgeOf,
        row.hedgeLevel,
        row.correlationId,
        row.causationId,
        row.mid,
        row.warmup ? Boolean.TRUE : null);
  }

  @Override
  void clear(Row view) {
    view.clearCommon();
    view.slot = null;
    view.venueOrderId = null;
    view.price = null;
    view.submittedAtUs = null;
    view.venueTimeUs = null;
    view.reason = null;
    view.hedgeOf = null;
    view.hedgeLevel = null;
    view.correlationId = null;
    view.causationId = null;
    view.mid = null;
  }

  @Override
  long field(JsonParser parser, String name, JsonToken token, Row view)
      throws IOException, MalformedException {
    switch (name) {
      case "schema":
        view.schema = text(parser, token, name);
        return SCHEMA;
      case "slot":
        view.slot = integer(parser, token, name);
        return 0;
      case "intent_id":
        view.intentId = identity(parser, token, name);
        return INTENT;
      case "client_order_id":
        view.clientOrderId = identity(parser, token, name);
        return CLIENT_ORDER;
      case "side":
        view.side = constant(Side.class, parser, token, name);
        return SIDE;
      case "type":
        view.orderType = constant(OrderType.class, parser, token, name);
        return TYPE;
      case "purpose":
        view.purpose = constant(Purpose.class, parser, token, name);
        return PURPOSE;
      case "state":
        view.state = constant(OrderState.class, parser, token, name);
        return STATE;
      case "qty":
        view.qty = decimal(parser, token, name);
        return QTY;
      case "cum_qty":
        view.cumQty = decimal(parser, token, name);
        return CUM_QTY;
      default:
        return optional(parser, name, token, view);
    }
  }

  private long optional(JsonParser parser, String name, JsonToken token, Row view)
      throws IOException, MalformedException {
    switch (name) {
      case "mid" -> view.mid = number(parser, token, name);
      case "venue_order_id" -> view.venueOrderId = identity(parser, token, name);
      case "price" -> view.price = decimal(parser, token, name);
      case "submitted_at_us" -> view.submittedAtUs = integer(parser, token, name);
      case "venue_time_us" -> view.venueTimeUs = integer(parser, token, name);
      case "reason" -> view.reason = identity(parser, token, name);
      case "hedge_of" -> view.hedgeOf = identity(parser, token, name);
      case "hedge_level" -> view.hedgeLevel = smallInteger(parser, token, name);
      case "correlation_id" -> view.correlationId = identity(parser, token, name);
      case "causation_id" -> view.causationId = identity(parser, token, name);
      default -> {
        return commonField(parser, name, token, view);
      }
    }
    return 0;
  }
}
