// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Side;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads whole drop copies from their bytes; the contract is that of {@link Json#read}(bytes,
 * DropCopy.class). Not thread-safe.
 */
public final class DropCopyReader extends FlatReader<DropCopyReader.Row> {
  private static final long ACCOUNT = 1L << 7;
  private static final long CLIENT_ORDER = 1L << 8;
  private static final long SIDE = 1L << 9;
  private static final long STATE = 1L << 10;
  private static final long QTY = 1L << 11;
  private static final long CUM_QTY = 1L << 12;
  private static final long VENUE_TIME = 1L << 13;

  /** Working row. */
  static final class Row extends EventView {
    private String schema;
    private String account;
    private String clientOrderId;
    private String venueOrderId;
    private Side side;
    private OrderState state;
    private BigDecimal price;
    private BigDecimal qty;
    private BigDecimal cumQty;
    private String fillId;
    private BigDecimal lastPrice;
    private BigDecimal lastQty;
    private Liquidity liquidity;
    private BigDecimal fee;
    private String feeAsset;
    private long venueTimeUs;
    private String reason;
  }

  private final Row row = new Row();

  /** A reader for one thread. */
  public DropCopyReader() {
    super(
        "DropCopy",
        "account",
        "client_order_id",
        "side",
        "state",
        "qty",
        "cum_qty",
        "venue_time_us");
  }

  /**
   * One drop copy.
   *
   * @throws MalformedException as {@link Json#read}
   */
  public DropCopy read(byte[] bytes) throws MalformedException {
    read(bytes, row);
    return new DropCopy(
        row.schema,
        row.engineId,
        row.runId,
        row.seq,
        row.eventTimeUs,
        row.source,
        row.account,
        row.clientOrderId,
        row.venueOrderId,
        row.symbol,
        row.side,
        row.state,
        row.price,
        row.qty,
        row.cumQty,
        row.fillId,
        row.lastPrice,
        row.lastQty,
        row.liquidity,
        row.fee,
        row.feeAsset,
        row.venueTimeUs,
        row.reason);
  }

  @Override
  void clear(Row view) {
    view.clearCommon();
    view.venueOrderId = null;
    view.price = null;
    view.fillId = null;
    view.lastPrice = null;
    view.lastQty = null;
    view.liquidity = null;
    view.fee = null;
    view.feeAsset = null;
    view.reason = null;
  }

  @Override
  long field(JsonParser parser, String name, JsonToken token, Row view)
      throws IOException, MalformedException {
    switch (name) {
      case "schema":
        view.schema = text(parser, token, name);
        return SCHEMA;
      case "account":
        view.account = text(parser, token, name);
        return ACCOUNT;
      case "client_order_id":
        view.clientOrderId = identity(parser, token, name);
        return CLIENT_ORDER;
      case "side":
        view.side = constant(Side.class, parser, token, name);
        return SIDE;
      case "state":
        view.state = constant(OrderState.class, parser, token, name);
        return STATE;
      case "qty":
        view.qty = decimal(parser, token, name);
        return QTY;
      case "cum_qty":
        view.cumQty = decimal(parser, token, name);
        return CUM_QTY;
      case "venue_time_us":
        view.venueTimeUs = integer(parser, token, name);
        return VENUE_TIME;
      default:
        return optional(parser, name, token, view);
    }
  }

  private long optional(JsonParser parser, String name, JsonToken token, Row view)
      throws IOException, MalformedException {
    switch (name) {
      case "venue_order_id" -> view.venueOrderId = identity(parser, token, name);
      case "price" -> view.price = decimal(parser, token, name);
      case "fill_id" -> view.fillId = identity(parser, token, name);
      case "last_price" -> view.lastPrice = decimal(parser, token, name);
      case "last_qty" -> view.lastQty = decimal(parser, token, name);
      case "liquidity" -> view.liquidity = constant(Liquidity.class, parser, token, name);
      case "fee" -> view.fee = decimal(parser, token, name);
      case "fee_asset" -> view.feeAsset = text(parser, token, name);
      case "reason" -> view.reason = identity(parser, token, name);
      case "arm", "slot", "warmup" -> parser.skipChildren(); // no fields of this record
      default -> {
        return commonField(parser, name, token, view);
      }
    }
    return 0;
  }
}
