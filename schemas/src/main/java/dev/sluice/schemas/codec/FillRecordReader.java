// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Side;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads whole fills from their bytes; the contract is that of {@link Json#read}(bytes, Fill.class).
 * Not thread-safe.
 */
public final class FillRecordReader extends FlatReader<FillRecordReader.Row> {
  private static final long FILL = 1L << 7;
  private static final long INTENT = 1L << 8;
  private static final long CLIENT_ORDER = 1L << 9;
  private static final long SIDE = 1L << 10;
  private static final long PRICE = 1L << 11;
  private static final long QTY = 1L << 12;
  private static final long LIQUIDITY = 1L << 13;
  private static final long FEE = 1L << 14;
  private static final long FEE_ASSET = 1L << 15;
  private static final long QUOTE_PRICE = 1L << 16;
  private static final long MID_AT_QUOTE = 1L << 17;
  private static final long MID_AT_FILL = 1L << 18;
  private static final long QUOTE_TO_FILL = 1L << 19;
  private static final long POSITION_AFTER = 1L << 20;
  private static final long VENUE_TIME = 1L << 21;

  /** Working row. */
  static final class Row extends EventView {
    private String schema;
    private Long slot;
    private String fillId;
    private String intentId;
    private String clientOrderId;
    private Side side;
    private BigDecimal price;
    private BigDecimal qty;
    private Liquidity liquidity;
    private BigDecimal fee;
    private String feeAsset;
    private double quotePrice;
    private double midAtQuote;
    private double midAtFill;
    private double quoteToFillMs;
    private Double queueAhead;
    private BigDecimal positionAfter;
    private long venueTimeUs;
    private String correlationId;
    private String causationId;
  }

  private final Row row = new Row();

  /** A reader for one thread. */
  public FillRecordReader() {
    super(
        "Fill",
        "fill_id",
        "intent_id",
        "client_order_id",
        "side",
        "price",
        "qty",
        "liquidity",
        "fee",
        "fee_asset",
        "quote_price",
        "mid_at_quote",
        "mid_at_fill",
        "quote_to_fill_ms",
        "position_after",
        "venue_time_us");
  }

  /**
   * One fill.
   *
   * @throws MalformedException as {@link Json#read}
   */
  public Fill read(byte[] bytes) throws MalformedException {
    read(bytes, row);
    return new Fill(
        row.schema,
        row.engineId,
        row.runId,
        row.seq,
        row.eventTimeUs,
        row.source,
        row.fillId,
        row.intentId,
        row.clientOrderId,
        row.symbol,
        row.arm,
        row.slot,
        row.side,
        row.price,
        row.qty,
        row.liquidity,
        row.fee,
        row.feeAsset,
        row.quotePrice,
        row.midAtQuote,
        row.midAtFill,
        row.quoteToFillMs,
        row.queueAhead,
        row.positionAfter,
        row.venueTimeUs,
        row.correlationId,
        row.causationId,
        row.warmup ? Boolean.TRUE : null);
  }

  @Override
  void clear(Row view) {
    view.clearCommon();
    view.slot = null;
    view.queueAhead = null;
    view.correlationId = null;
    view.causationId = null;
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
      case "fill_id":
        view.fillId = identity(parser, token, name);
        return FILL;
      case "intent_id":
        view.intentId = identity(parser, token, name);
        return INTENT;
      case "client_order_id":
        view.clientOrderId = identity(parser, token, name);
        return CLIENT_ORDER;
      case "side":
        view.side = constant(Side.class, parser, token, name);
        return SIDE;
      case "liquidity":
        view.liquidity = constant(Liquidity.class, parser, token, name);
        return LIQUIDITY;
      case "correlation_id":
        view.correlationId = identity(parser, token, name);
        return 0;
      case "causation_id":
        view.causationId = identity(parser, token, name);
        return 0;
      default:
        return money(parser, name, token, view);
    }
  }

  private long money(JsonParser parser, String name, JsonToken token, Row view)
      throws IOException, MalformedException {
    switch (name) {
      case "price":
        view.price = decimal(parser, token, name);
        return PRICE;
      case "qty":
        view.qty = decimal(parser, token, name);
        return QTY;
      case "fee":
        view.fee = decimal(parser, token, name);
        return FEE;
      case "fee_asset":
        view.feeAsset = text(parser, token, name);
        return FEE_ASSET;
      case "position_after":
        view.positionAfter = decimal(parser, token, name);
        return POSITION_AFTER;
      default:
        return measure(parser, name, token, view);
    }
  }

  private long measure(JsonParser parser, String name, JsonToken token, Row view)
      throws IOException, MalformedException {
    switch (name) {
      case "quote_price":
        view.quotePrice = number(parser, token, name);
        return QUOTE_PRICE;
      case "mid_at_quote":
        view.midAtQuote = number(parser, token, name);
        return MID_AT_QUOTE;
      case "mid_at_fill":
        view.midAtFill = number(parser, token, name);
        return MID_AT_FILL;
      case "quote_to_fill_ms":
        view.quoteToFillMs = number(parser, token, name);
        return QUOTE_TO_FILL;
      case "queue_ahead":
        view.queueAhead = number(parser, token, name);
        return 0;
      case "venue_time_us":
        view.venueTimeUs = integer(parser, token, name);
        return VENUE_TIME;
      default:
        return commonField(parser, name, token, view);
    }
  }
}
