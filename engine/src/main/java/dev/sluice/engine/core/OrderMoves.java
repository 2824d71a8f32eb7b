// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.schemas.OrderState;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The closed table of legal moves of an order; terminal states absorb. */
public final class OrderMoves {
  private static final Map<OrderState, Set<OrderState>> TABLE = new EnumMap<>(OrderState.class);

  static {
    TABLE.put(OrderState.INTENDED, EnumSet.of(OrderState.SUBMITTED));
    TABLE.put(
        OrderState.SUBMITTED,
        EnumSet.of(OrderState.ACKED, OrderState.REJECTED, OrderState.UNKNOWN));
    TABLE.put(
        OrderState.ACKED,
        EnumSet.of(
            OrderState.PARTIALLY_FILLED,
            OrderState.FILLED,
            OrderState.CANCEL_REQUESTED,
            OrderState.EXPIRED));
    TABLE.put(
        OrderState.PARTIALLY_FILLED,
        EnumSet.of(
            OrderState.PARTIALLY_FILLED,
            OrderState.FILLED,
            OrderState.CANCEL_REQUESTED,
            OrderState.EXPIRED));
    TABLE.put(
        OrderState.CANCEL_REQUESTED,
        EnumSet.of(OrderState.CANCELLED, OrderState.FILLED, OrderState.UNKNOWN));
    TABLE.put(
        OrderState.UNKNOWN,
        EnumSet.complementOf(EnumSet.of(OrderState.INTENDED, OrderState.SUBMITTED)));
    for (OrderState state : OrderState.values()) {
      TABLE.putIfAbsent(state, EnumSet.noneOf(OrderState.class));
    }
  }

  private OrderMoves() {}

  /** Whether an order may move so. */
  public static boolean legal(OrderState from, OrderState to) {
    return TABLE.get(from).contains(to);
  }
}
