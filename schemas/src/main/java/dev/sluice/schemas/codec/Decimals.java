// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

/** Fast exact reading of the plain decimals that nearly all quantities are. */
final class Decimals {
  private static final double[] POWERS = new double[23];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private Decimals() {}

  /**
   * The value of an unsigned plain decimal of at most 15 digits, correctly rounded (both operands
   * of its one division are exact doubles); -1 when the text is anything else.
   */
  static double quick(char[] characters, int offset, int length) {
    if (length == 0 || length > 16) {
      return -1;
    }
    long digits = 0;
    int fraction = -1;
    int count = 0;
    for (int i = offset, end = offset + length; i < end; i++) {
      char c = characters[i];
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        count++;
        if (fraction >= 0) {
          fraction++;
        }
      } else if (c == '.' && fraction < 0) {
        fraction = 0;
      } else {
        return -1;
      }
    }
    if (count == 0 || count > 15) {
      return -1;
    }
    return fraction <= 0 ? (double) digits : digits / POWERS[fraction];
  }
}
