// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 250ms}, {@code 90s}, {@code 9m50s}, {@code 72h}, {@code
 * 2d}.
 */
public final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern WHOLE = Pattern.compile("(?:\\d{1,9}(?:ms|s|m|h|d))+");

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @return milliseconds
   * @throws IllegalArgumentException when the text is no duration; the message shows the form
   */
  public static long parseMs(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "`" + text + "` is no duration; write 250ms, 90s, 10m, 9m50s or 72h");
    }
    long totalMs = 0;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      totalMs += Long.parseLong(part.group(1)) * unitMs(part.group(2));
    }
    return totalMs;
  }

  /** Writes a duration in its shortest form, such as {@code 9m50s}; {@code 0s} for none. */
  public static String format(long durationMs) {
    if (durationMs == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(durationMs < 0 ? "-" : "");
    long restMs = Math.abs(durationMs);
    for (String unit : new String[] {"h", "m", "s", "ms"}) {
      long count = restMs / unitMs(unit);
      restMs -= count * unitMs(unit);
      if (count > 0) {
        text.append(count).append(unit);
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
