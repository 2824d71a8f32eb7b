// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Purpose;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/**
 * What the engine has at the venue now: every order that may still trade (also those whose cancel
 * is on its way) and every position, signed quantity in base units.
 *
 * @param takenUp null of an engine that knows no trials
 */
public record OpenWork(
    List<WorkingOrder> orders, List<Position> positions, @Nullable TakenUp takenUp) {
  /** Nothing open, flat. */
  public static final OpenWork NONE = new OpenWork(List.of(), List.of());

  /** Of an engine that knows no trials. */
  public OpenWork(List<WorkingOrder> orders, List<Position> positions) {
    this(orders, positions, null);
  }

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

  /** Whether an order of a treated slot may still trade. */
  boolean treatedOrderLeft() {
    return orders.stream().anyMatch(order -> order.arm() == Arm.B);
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
