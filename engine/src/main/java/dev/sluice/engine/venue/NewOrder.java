// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.venue;

import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;

/** An order as it is sent to a venue; {@code price} is null for a MARKET order. */
public record NewOrder(
    String clientOrderId,
    String symbol,
    Side side,
    OrderType type,
    BigDecimal price,
    BigDecimal qty) {}
