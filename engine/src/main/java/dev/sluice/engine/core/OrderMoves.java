// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.schemas.OrderState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
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
        EnumSet.complementOf(
            EnumSet.of(OrderState.INTENDED, OrderState.SUBMITTED, OrderState.UNKNOWN)));
    for (OrderState state : OrderState.values()) {
      TABLE.putIfAbsent(state, EnumSet.noneOf(OrderState.class));
    }
  }

  private OrderMoves() {}

  /** Whether an order may move so. */
  public static boolean legal(OrderState from, OrderState to) {
    return TABLE.get(from).contains(to);
  }

  /**
   * The shortest chain of legal moves that ends in a state the venue has proven: a fill proves the
   * acknowledgement before it. Empty when the table knows no way, as from a terminal state.
   */
  public static List<OrderState> path(OrderState from, OrderState to) {
    if (legal(from, to)) {
      return List.of(to);
    }
    Map<OrderState, OrderState> cameFrom = new EnumMap<>(OrderState.class);
    Deque<OrderState> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty() && !cameFrom.containsKey(to)) {
      OrderState state = open.remove();
      for (OrderState next : TABLE.get(state)) {
        if (next != from && cameFrom.putIfAbsent(next, state) == null) {
          open.add(next);
        }
      }
    }
    List<OrderState> path = new ArrayList<>();
    for (OrderState step = to; step != from && step != null; step = cameFrom.get(step)) {
      path.add(step);
    }
    Collections.reverse(path);
    return cameFrom.containsKey(to) ? path : List.of();
  }
}
