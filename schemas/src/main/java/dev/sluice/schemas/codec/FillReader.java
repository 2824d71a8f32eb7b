// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Side;
import java.io.IOException;

/**
 * Reads fills from their bytes into a {@link FillView}; the contract is that of {@link
 * Json#read}(bytes, Fill.class). Not thread-safe.
 */
public final class FillReader extends FlatReader<FillView> {
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

  /** A reader for one thread. */
  public FillReader() {
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

  @Override
  void clear(FillView view) {
    view.clearCommon();
  }

  @Override
  long field(JsonParser parser, String name, JsonToken token, FillView view)
      throws IOException, MalformedException {
    switch (name) {
      case "fill_id":
        requireText(token, name);
        return FILL;
      case "intent_id":
        requireText(token, name);
        return INTENT;
      case "client_order_id":
        requireText(token, name);
        return CLIENT_ORDER;
      case "side":
        view.side = constant(Side.class, parser, token, name);
        return SIDE;
      case "price":
        view.price = decimal(parser, token, name);
        return PRICE;
      case "qty":
        view.qty = decimal(parser, token, name);
        return QTY;
      case "liquidity":
        view.liquidity = constant(Liquidity.class, parser, token, name);
        return LIQUIDITY;
      case "fee":
        view.fee = decimal(parser, token, name);
        return FEE;
      case "fee_asset":
        view.feeAsset = text(parser, token, name);
        return FEE_ASSET;
      default:
        return measure(parser, name, token, view);
    }
  }

  private long measure(JsonParser parser, String name, JsonToken token, FillView view)
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
      case "position_after":
        view.positionAfter = decimalAsDouble(parser, token, name);
        return POSITION_AFTER;
      case "venue_time_us":
        integer(parser, token, name);
        return VENUE_TIME;
      default:
        return commonField(parser, name, token, view);
    }
  }
}
