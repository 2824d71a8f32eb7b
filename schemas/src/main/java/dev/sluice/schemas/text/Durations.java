// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 250ms}, {@code 90s}, {@code 9m50s}, {@code 72h}, {@code
 * 2d}.
 */
public final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Milliseconds of a text such as {@code 9m50s}; units must fall, each at most once.
   *
   * @throws IllegalArgumentException when the text is no duration
   */
  public static long parseMs(String text) {
    String trimmed = text.trim().toLowerCase(Locale.ROOT);
    Matcher matcher = PART.matcher(trimmed);
    long totalMs = 0;
    long previousUnitMs = Long.MAX_VALUE;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      long unitMs = unitMs(matcher.group(2));
      if (unitMs >= previousUnitMs) {
        break;
      }
      previousUnitMs = unitMs;
      totalMs =
          Math.addExact(totalMs, Math.multiplyExact(Long.parseLong(matcher.group(1)), unitMs));
      end = matcher.end();
    }
    if (end == 0 || end != trimmed.length()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration; write it as 250ms, 90s, 9m50s or 72h");
    }
    return totalMs;
  }

  /** The shortest text that {@link #parseMs} reads back to the same value. */
  public static String format(long durationMs) {
    if (durationMs <= 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    long rest = durationMs;
    for (String unit : new String[] {"h", "m", "s", "ms"}) {
      long unitMs = unitMs(unit);
      if (rest >= unitMs) {
        text.append(rest / unitMs).append(unit);
        rest %= unitMs;
      }
    }
    return text.toString();
  }

  private static long unitMs(String unit) {
    return switch (unit) {
      case "ms" -> 1L;
      case "s" -> 1_000L;
      case "m" -> 60_000L;
      case "h" -> 3_600_000L;
      case "d" -> 86_400_000L;
      default -> throw new IllegalArgumentException("unknown unit " + unit);
    };
  }
}
