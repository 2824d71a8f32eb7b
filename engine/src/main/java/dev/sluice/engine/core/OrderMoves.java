// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.schemas.OrderState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Ways through the table of legal moves ({@link OrderState#mayBecome}). */
final class OrderMoves {
  private OrderMoves() {}

  /**
   * The shortest chain of legal moves that ends in a state the venue has proven: a fill proves the
   * acknowledgement before it. Empty when the table knows no way, as from a terminal state.
   */
  static List<OrderState> path(OrderState from, OrderState to) {
    if (from.mayBecome(to)) {
      return List.of(to);
    }
    Map<OrderState, OrderState> cameFrom = new EnumMap<>(OrderState.class);
    Deque<OrderState> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty() && !cameFrom.containsKey(to)) {
      OrderState state = open.remove();
      for (OrderState next : OrderState.values()) {
        boolean step = state.mayBecome(next) && next != from;
        if (step && cameFrom.putIfAbsent(next, state) == null) {
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
