// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import java.math.BigDecimal;

/**
 * What facts that are findings by themselves have put into one figure of the engine's book.
 *
 * @param amount what the engine has too much
 * @param atUs when the newest of them happened
 */
public record Deviation(BigDecimal amount, long atUs) {}
