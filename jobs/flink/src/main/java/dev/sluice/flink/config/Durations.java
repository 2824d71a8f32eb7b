// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 250ms}, {@code 90s}, {@code 9m50s}, {@code 72h}, {@code
 * 2d}.
 */
public final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d{1,12})(us|ms|s|m|h|d)");
  private static final Pattern WHOLE = Pattern.compile("(\\d{1,12}(us|ms|s|m|h|d))+");
  private static final String[] UNITS = {"d", "h", "m", "s", "ms", "us"};

  private Durations() {}

  /**
   * Microseconds of a duration.
   *
   * @throws IllegalArgumentException when the text is no duration or a unit appears out of order or
   *     twice
   */
  public static long parseUs(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration; write for example 250ms, 90s, 9m50s or 72h");
    }
    Matcher part = PART.matcher(text);
    long totalUs = 0;
    long previousUnitUs = Long.MAX_VALUE;
    while (part.find()) {
      long unitUs = unitUs(part.group(2));
      if (unitUs >= previousUnitUs) {
        throw new IllegalArgumentException(
            "'" + text + "' is no duration; write the larger unit first, each once");
      }
      previousUnitUs = unitUs;
      totalUs = add(text, totalUs, Long.parseLong(part.group(1)), unitUs);
    }
    return totalUs;
  }

  /** The shortest text that {@link #parseUs} reads back to the same value. */
  public static String format(long durationUs) {
    if (durationUs == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    long restUs = durationUs;
    for (String unit : UNITS) {
      long count = restUs / unitUs(unit);
      // 72h stays 72h: whole days only when nothing smaller follows
      if (count > 0 && !(unit.equals("d") && (restUs % unitUs(unit) != 0 || count <= 3))) {
        text.append(count).append(unit);
        restUs -= count * unitUs(unit);
      }
    }
    return text.toString();
  }

  private static long add(String text, long totalUs, long count, long unitUs) {
    try {
      return Math.addExact(totalUs, Math.multiplyExact(count, unitUs));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is too long a duration", e);
    }
  }

  private static long unitUs(String unit) {
    return switch (unit) {
      case "us" -> 1L;
      case "ms" -> 1_000L;
      case "s" -> 1_000_000L;
      case "m" -> 60_000_000L;
      case "h" -> 3_600_000_000L;
      case "d" -> 86_400_000_000L;
      default -> throw new IllegalArgumentException("unknown unit " + unit);
    };
  }
}
