// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.io.IOException;

/**
 * Reads orders from their bytes into an {@link OrderView}; the contract is that of {@link
 * Json#read}(bytes, Order.class). Not thread-safe.
 */
public final class OrderReader extends FlatReader<OrderView> {
  private static final long INTENT = 1L << 7;
  private static final long CLIENT_ORDER = 1L << 8;
  private static final long SIDE = 1L << 9;
  private static final long TYPE = 1L << 10;
  private static final long PURPOSE = 1L << 11;
  private static final long STATE = 1L << 12;
  private static final long QTY = 1L << 13;
  private static final long CUM_QTY = 1L << 14;

  /** A reader for one thread. */
  public OrderReader() {
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

  @Override
  void clear(OrderView view) {
    view.clearCommon();
    view.price = 0;
    view.submittedAtUs = 0;
  }

  @Override
  long field(JsonParser parser, String name, JsonToken token, OrderView view)
      throws IOException, MalformedException {
    switch (name) {
      case "intent_id":
        requireText(token, name);
        return INTENT;
      case "client_order_id":
        requireText(token, name);
        return CLIENT_ORDER;
      case "side":
        constant(Side.class, parser, token, name);
        return SIDE;
      case "type":
        constant(OrderType.class, parser, token, name);
        return TYPE;
      case "purpose":
        constant(Purpose.class, parser, token, name);
        return PURPOSE;
      case "state":
        view.state = constant(OrderState.class, parser, token, name);
        return STATE;
      case "price":
        view.price = decimalAsDouble(parser, token, name);
        return 0;
      case "qty":
        view.qty = decimalAsDouble(parser, token, name);
        return QTY;
      case "cum_qty":
        view.cumQty = decimalAsDouble(parser, token, name);
        return CUM_QTY;
      case "submitted_at_us":
        view.submittedAtUs = integer(parser, token, name);
        return 0;
      default:
        return commonField(parser, name, token, view);
    }
  }
}
