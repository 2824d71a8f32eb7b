// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import java.math.BigDecimal;

/** Balance of one asset in a ledger snapshot. */
public record Balance(String asset, BigDecimal total, BigDecimal free) {}
