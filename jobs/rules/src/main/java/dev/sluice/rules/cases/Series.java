// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values over time, one per step, in a notation that is read at a glance: {@code 0+5x10 _ _ stale}
 * are 0, 5, … 45, two steps without a value, and nothing ever again. Parts are separated by spaces;
 * a part is {@code VALUE}, {@code VALUExCOUNT}, {@code FIRST+STEPxCOUNT} or {@code
 * FIRST-STEPxCOUNT} (COUNT values in all), {@code _} or {@code _xCOUNT}; {@code stale} is the last.
 * Immutable.
 */
public final class Series {
  /** A day of ten-second steps, thirty times: whoever writes more has mistyped. */
  public static final int MAX_VALUES = 259_200;

  private static final String NUMBER = "\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?";
  private static final Pattern PART =
      Pattern.compile("(?:(_)|(-?" + NUMBER + ")(?:([+-])(" + NUMBER + "))?)(?:x(\\d{1,6}))?");

  private final List<Double> values;
  private final boolean stale;

  private Series(List<Double> values, boolean stale) {
    this.values = List.copyOf(values);
    this.stale = stale;
  }

  /**
   * Reads the notation.
   *
   * @throws IllegalArgumentException that names the part which is wrong
   */
  public static Series parse(String text) {
    List<Double> values = new ArrayList<>();
    boolean stale = false;
    for (String part : text.strip().split("\\s+", -1)) {
      if (stale) {
        throw new IllegalArgumentException("`stale` is the end; `" + part + "` comes after it");
      }
      if (part.equals("stale")) {
        stale = true;
      } else {
        add(values, part);
      }
    }
    return new Series(values, stale);
  }

  private static void add(List<Double> values, String part) {
    Matcher matcher = PART.matcher(part);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "`"
              + part
              + "` is no part of a series: write 20, 20x6, 0+5x10, 50-5x10, _, _x3 or stale");
    }
    int count = matcher.group(5) == null ? 1 : Integer.parseInt(matcher.group(5));
    if (values.size() + count > MAX_VALUES) {
      throw new IllegalArgumentException("more than " + MAX_VALUES + " values at `" + part + "`");
    }
    double first = matcher.group(1) == null ? Double.parseDouble(matcher.group(2)) : Double.NaN;
    double step = matcher.group(4) == null ? 0 : Double.parseDouble(matcher.group(4));
    double signed = "-".equals(matcher.group(3)) ? -step : step;
    for (int i = 0; i < count; i++) {
      values.add(first + signed * i);
    }
  }

  /** How many steps are written down. */
  public int size() {
    return values.size();
  }

  /** True when nothing is ever measured after them. */
  public boolean stale() {
    return stale;
  }

  /** The value of a step below {@link #size}; NaN where there is none. */
  public double at(int step) {
    return values.get(step);
  }

  /** What is done with a run of equal neighbours: steps {@code from <= step < until}. */
  interface Run {
    void of(int from, int until, double value);
  }

  /** Equal neighbours together; NaN is a value here. */
  void runs(Run run) {
    for (int from = 0, until; from < values.size(); from = until) {
      until = from;
      while (until < values.size() && values.get(until).equals(values.get(from))) {
        until++;
      }
      run.of(from, until, values.get(from));
    }
  }
}
