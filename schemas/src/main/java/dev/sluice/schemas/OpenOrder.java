// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import java.math.BigDecimal;

/** An order that rests at the venue. */
public record OpenOrder(
    String clientOrderId, String symbol, Side side, BigDecimal qty, BigDecimal cumQty) {}
