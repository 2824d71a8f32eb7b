// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import dev.sluice.schemas.text.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Values as people read them. A column whose name ends in {@code ratio} is a share, in {@code s} a
 * duration; times are told to the second, numbers to four digits. NULL is "no data".
 */
final class Cells {
  static final String NO_DATA = "no data";
  private static final MathContext DIGITS = new MathContext(4);
  private static final Pattern TIME =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d)(:\\d\\d)?(\\.\\d+)?Z");

  private Cells() {}

  /** The head of a column. */
  static String head(String column) {
    return column.replaceFirst(" (s|ratio)$", "");
  }

  /** One value. */
  static String text(String column, Object value) {
    if (value == null) {
      return NO_DATA;
    }
    if (value instanceof Number number) {
      if (column.endsWith("ratio")) {
        return number(100 * number.doubleValue()) + " %";
      }
      if (column.endsWith(" s")) {
        return duration(number.doubleValue());
      }
      return value instanceof Double || value instanceof BigDecimal
          ? number(number.doubleValue())
          : String.format(Locale.ROOT, "%,d", number.longValue());
    }
    java.util.regex.Matcher time = TIME.matcher(value.toString());
    if (time.matches()) {
      return time.group(1) + " " + time.group(2) + (time.group(3) == null ? ":00" : time.group(3));
    }
    return value instanceof Boolean flag ? (flag ? "yes" : "no") : value.toString();
  }

  /** A figure with its unit. */
  static String figure(Double value, String unit) {
    if (value == null) {
      return NO_DATA;
    }
    return unit.equals("ratio")
        ? number(100 * value) + " %"
        : number(value) + (unit.equals("1") ? "" : " " + unit);
  }

  /** Four digits, more where they are whole ones. */
  static String number(double value) {
    if (Math.abs(value) >= 1_000) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    return Math.abs(value) < 1e-4 && value != 0 ? rounded.toString() : rounded.toPlainString();
  }

  private static String duration(double seconds) {
    long ms = Math.round(seconds * 1e3);
    return ms < 0
        ? "-" + Durations.format(-ms)
        : Durations.format(ms >= 10_000 ? Math.round(seconds) * 1_000 : ms);
  }
}
