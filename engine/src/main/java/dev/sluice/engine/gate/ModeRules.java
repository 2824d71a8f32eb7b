// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each mode allows. Cancels always pass and are not asked for here.
 *
 * <ul>
 *   <li>RUN: any order.
 *   <li>REDUCE_ONLY: orders of any purpose that verifiably shrink a position.
 *   <li>PAUSE, HALT, FLATTEN: only exits that verifiably shrink a position, so that a halt never
 *       traps one. In HALT it is the operator who sends them, in FLATTEN the engine itself.
 * </ul>
 *
 * An order shrinks a position when it is on the other side and, together with the reducing orders
 * already open, cannot take it past flat.
 */
public final class ModeRules {
  private ModeRules() {}

  /**
   * Whether a new order may be sent.
   *
   * @param position signed position in the order's symbol
   * @param openReducing unfilled quantity of the open orders on the reducing side, this one
   *     excluded
   */
  public static boolean permits(
      Mode mode,
      Purpose purpose,
      Side side,
      BigDecimal qty,
      BigDecimal position,
      BigDecimal openReducing) {
    return switch (mode) {
      case RUN -> true;
      case REDUCE_ONLY -> reduces(side, qty, position, openReducing);
      case PAUSE, HALT, FLATTEN ->
          purpose == Purpose.EXIT && reduces(side, qty, position, openReducing);
    };
  }

  /** The open orders that must be cancelled, in the given order; earlier orders have precedence. */
  public static List<WorkingOrder> forbidden(Mode mode, OpenWork work) {
    if (mode == Mode.RUN || work.orders().isEmpty()) {
      return List.of();
    }
    List<WorkingOrder> forbidden = new ArrayList<>();
    Map<String, BigDecimal> reducing = new HashMap<>();
    for (WorkingOrder order : work.orders()) {
      BigDecimal before = reducing.getOrDefault(order.symbol(), BigDecimal.ZERO);
      BigDecimal position = work.position(order.symbol());
      if (permits(mode, order.purpose(), order.side(), order.remaining(), position, before)) {
        reducing.put(order.symbol(), before.add(order.remaining()));
      } else {
        forbidden.add(order);
      }
    }
    return forbidden;
  }

  private static boolean reduces(
      Side side, BigDecimal qty, BigDecimal position, BigDecimal openReducing) {
    return side.sign() * position.signum() < 0
        && openReducing.add(qty).compareTo(position.abs()) <= 0;
  }
}
