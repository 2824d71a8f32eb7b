// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A comparison with a number, such as {@code > 0.05}. */
public record Limit(Operator operator, double value) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern FORM =
      Pattern.compile("\\s*(>=|<=|==|!=|>|<)\\s*(-?\\d+(?:\\.\\d+)?(?:[eE]-?\\d+)?)\\s*");

  /**
   * Reads {@code > 0.05}, {@code >= 3}, {@code < 0.5}, {@code <= 1e3}, {@code == 0} or {@code !=
   * 1}.
   *
   * @throws IllegalArgumentException when the text is no such comparison
   */
  public static Limit parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "`"
              + text
              + "` is no comparison; write an operator (> >= < <= == !=) and a number, as in \"> 0.05\"");
    }
    for (Operator operator : Operator.values()) {
      if (operator.symbol().equals(matcher.group(1))) {
        return new Limit(operator, Double.parseDouble(matcher.group(2)));
      }
    }
    throw new IllegalStateException("no operator " + matcher.group(1));
  }

  /** True when the value is on the far side of this limit. */
  public boolean holds(double measured) {
    return operator.holds(measured, value);
  }

  /** Everything this limit does not hold for. */
  public Limit complement() {
    return new Limit(operator.complement(), value);
  }

  /** The same comparison with the value times a factor, in decimal: 0.8 times 0.7 is 0.56. */
  public Limit times(double factor) {
    BigDecimal product = BigDecimal.valueOf(value).multiply(BigDecimal.valueOf(factor));
    return new Limit(operator, product.doubleValue());
  }

  /** True when some number satisfies both: tried at, just below and just above either value. */
  public boolean overlaps(Limit other) {
    for (double at : new double[] {value, other.value, (value + other.value) / 2}) {
      for (double probe : new double[] {Math.nextDown(at), at, Math.nextUp(at)}) {
        if (holds(probe) && other.holds(probe)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return operator.symbol() + " " + number(value);
  }

  /** A number without a needless fraction: 300, not 300.0. */
  public static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
