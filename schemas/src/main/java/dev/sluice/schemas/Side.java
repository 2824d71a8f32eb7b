// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Direction of an order or a fill. */
public enum Side {
  BUY(1),
  SELL(-1);

  private final int sign;

  Side(int sign) {
    this.sign = sign;
  }

  /** The sign s used by every formula: +1 for a buy, -1 for a sell. */
  public int sign() {
    return sign;
  }

  /** The other direction. */
  public Side opposite() {
    return this == BUY ? SELL : BUY;
  }
}
