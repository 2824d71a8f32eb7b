// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import java.math.BigDecimal;

/** Position in one symbol; {@code qty} is signed, base units; {@code avgPrice} in quote. */
public record Position(String symbol, BigDecimal qty, @Nullable BigDecimal avgPrice) {}
