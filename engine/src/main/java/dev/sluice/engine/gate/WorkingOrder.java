// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;

/**
 * An order that may still trade.
 *
 * @param remaining quantity not yet filled, base units, positive
 */
public record WorkingOrder(
    String clientOrderId, String symbol, Side side, BigDecimal remaining, Purpose purpose) {}
