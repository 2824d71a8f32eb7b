// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

/** Numbers for sentences. String.format would cost more than all statistics together. */
final class Figures {
  private static final double LARGE = 1e12;

  private Figures() {}

  /** Rounded to so many decimals (at most 4), as in -0.12. */
  static String fixed(double value, int decimals) {
    if (!(Math.abs(value) < LARGE)) {
      return Double.toString(value);
    }
    long unit = 1;
    for (int i = 0; i < decimals; i++) {
      unit *= 10;
    }
    long scaled = Math.round(Math.abs(value) * unit);
    String fraction = Long.toString(unit + scaled % unit).substring(1);
    return (value < 0 && scaled > 0 ? "-" : "") + scaled / unit + "." + fraction;
  }

  /** The same with its sign, as in +0.31. */
  static String signed(double value, int decimals) {
    String text = fixed(value, decimals);
    return text.startsWith("-") ? text : "+" + text;
  }
}
