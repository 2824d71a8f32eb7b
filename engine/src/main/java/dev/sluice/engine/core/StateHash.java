// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import java.math.BigDecimal;

/** FNV-1a over 64 bits, fed value by value; equal states give equal hashes on every machine. */
final class StateHash {
  private static final long OFFSET = 0xCBF29CE484222325L;
  private static final long PRIME = 0x100000001B3L;

  private long hash = OFFSET;

  static long of(String text) {
    return new StateHash().add(text).value();
  }

  StateHash add(long value) {
    long rest = value;
    for (int i = 0; i < Long.BYTES; i++) {
      hash = (hash ^ (rest & 0xFF)) * PRIME;
      rest >>>= 8;
    }
    return this;
  }

  StateHash add(double value) {
    return add(Double.doubleToLongBits(value));
  }

  StateHash add(String text) {
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return this;
  }

  StateHash add(BigDecimal value) {
    return add(value.stripTrailingZeros().toPlainString());
  }

  long value() {
    return hash;
  }
}
