// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

/** How a measured value is compared with a limit. */
public enum Operator {
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  EQUAL("=="),
  NOT_EQUAL("!=");

  private final String symbol;

  Operator(String symbol) {
    this.symbol = symbol;
  }

  /** As written in YAML. */
  public String symbol() {
    return symbol;
  }

  /**
   * True when {@code value symbol limit} holds; false for NaN, except that NaN differs from all.
   */
  public boolean holds(double value, double limit) {
    return switch (this) {
      case GREATER -> value > limit;
      case GREATER_OR_EQUAL -> value >= limit;
      case LESS -> value < limit;
      case LESS_OR_EQUAL -> value <= limit;
      case EQUAL -> value == limit;
      case NOT_EQUAL -> value != limit;
    };
  }

  /** The operator that holds exactly where this one does not. */
  public Operator complement() {
    return switch (this) {
      case GREATER -> LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> LESS;
      case LESS -> GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> GREATER;
      case EQUAL -> NOT_EQUAL;
      case NOT_EQUAL -> EQUAL;
    };
  }
}
