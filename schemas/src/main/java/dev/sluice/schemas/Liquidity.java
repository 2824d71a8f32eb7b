// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Whether a fill provided liquidity (MAKER) or took it (TAKER). */
public enum Liquidity {
  MAKER,
  TAKER
}
