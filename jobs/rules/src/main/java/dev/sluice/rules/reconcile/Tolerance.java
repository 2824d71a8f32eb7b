// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.Severity;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * How far two figures may be apart, and from which part of the larger one on a difference is a
 * warning or critical.
 *
 * @param abs always allowed, in the unit of the figures
 * @param rel allowed as a part of the larger figure
 */
public record Tolerance(BigDecimal abs, BigDecimal rel, double warningRatio, double criticalRatio)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks that the limits make sense. */
  public Tolerance {
    if (abs.signum() < 0 || rel.signum() < 0) {
      throw new IllegalArgumentException("a tolerance must not be negative");
    }
    if (!(warningRatio >= 0 && criticalRatio >= warningRatio)) {
      throw new IllegalArgumentException("the critical ratio must not be below the warning ratio");
    }
  }

  /** {@code max(abs, rel·larger)}. */
  BigDecimal allowed(BigDecimal engine, BigDecimal venue) {
    return abs.max(rel.multiply(larger(engine, venue)));
  }

  /** INFO below the warning ratio: a difference all the same. */
  Severity severity(BigDecimal difference, BigDecimal engine, BigDecimal venue) {
    BigDecimal larger = larger(engine, venue);
    double ratio =
        larger.signum() == 0
            ? 0
            : difference.abs().divide(larger, MathContext.DECIMAL64).doubleValue();
    return severity(ratio);
  }

  Severity severity(double ratio) {
    if (ratio >= criticalRatio) {
      return Severity.CRITICAL;
    }
    return ratio >= warningRatio ? Severity.WARNING : Severity.INFO;
  }

  static BigDecimal larger(BigDecimal engine, BigDecimal venue) {
    return engine.abs().max(venue.abs());
  }
}
