// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;

/**
 * An order that may still trade.
 *
 * @param remaining quantity not yet filled, base units, positive
 * @param arm of the trial slot in which it was decided, null outside a trial
 */
public record WorkingOrder(
    String clientOrderId,
    String symbol,
    Side side,
    BigDecimal remaining,
    Purpose purpose,
    @Nullable Arm arm) {
  /** An order outside a trial. */
  public WorkingOrder(
      String clientOrderId, String symbol, Side side, BigDecimal remaining, Purpose purpose) {
    this(clientOrderId, symbol, side, remaining, purpose, null);
  }
}
