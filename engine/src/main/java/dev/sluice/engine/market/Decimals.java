// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

/**
 * Decimal text to the nearest double without garbage: up to 15 digits times or over a power of ten
 * up to 10^22 is one correctly rounded operation (Clinger, "How to read floating point numbers
 * accurately", 1990); anything else goes to {@link Double#parseDouble}.
 */
final class Decimals {
  private static final long EXACT_BELOW = 1L << 53;
  private static final double[] POWERS = new double[23];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private Decimals() {}

  /**
   * Reads a finite decimal.
   *
   * @throws NumberFormatException when it is none
   */
  static double parse(char[] text, int from, int length) {
    long digits = 0;
    int fraction = -1;
    int seen = 0;
    for (int i = from; i < from + length; i++) {
      char c = text[i];
      if (c >= '0' && c <= '9' && digits < EXACT_BELOW / 10 - 1) {
        digits = digits * 10 + (c - '0');
        seen++;
        fraction += fraction >= 0 ? 1 : 0;
      } else if (c == '.' && fraction < 0) {
        fraction = 0;
      } else {
        return slow(text, from, length);
      }
    }
    if (seen == 0 || fraction >= POWERS.length) {
      return slow(text, from, length);
    }
    return fraction > 0 ? digits / POWERS[fraction] : digits;
  }

  private static double slow(char[] text, int from, int length) {
    double value = Double.parseDouble(new String(text, from, length));
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new NumberFormatException("not finite");
    }
    return value;
  }
}
