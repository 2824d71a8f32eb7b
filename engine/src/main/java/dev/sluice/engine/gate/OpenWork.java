// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Purpose;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/**
 * What the engine has at the venue now: every order that may still trade (also those whose cancel
 * is on its way) and every position, signed quantity in base units.
 */
public record OpenWork(List<WorkingOrder> orders, List<Position> positions) {
  /** Nothing open, flat. */
  public static final OpenWork NONE = new OpenWork(List.of(), List.of());

  /** From a venue's list of open orders; the purpose is what the engine knows of each. */
  public static OpenWork of(
      List<OpenOrder> orders, Function<OpenOrder, Purpose> purpose, List<Position> positions) {
    return new OpenWork(
        orders.stream()
            .map(
                order ->
                    new WorkingOrder(
                        order.clientOrderId(),
                        order.symbol(),
                        order.side(),
                        order.qty().subtract(order.cumQty()),
                        purpose.apply(order)))
            .toList(),
        positions);
  }

  /** Signed position in a symbol, zero when there is none. */
  public BigDecimal position(String symbol) {
    BigDecimal total = BigDecimal.ZERO;
    for (Position position : positions) {
      if (position.symbol().equals(symbol)) {
        total = total.add(position.qty());
      }
    }
    return total;
  }
}
