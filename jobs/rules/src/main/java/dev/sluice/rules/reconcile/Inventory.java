// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import java.io.Serializable;
import java.math.BigDecimal;

/**
 * Where the position in one symbol should be.
 *
 * @param target base units, signed
 * @param max largest position, base units; the distance from the target is measured in parts of it
 */
public record Inventory(BigDecimal target, BigDecimal max) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks the maximum. */
  public Inventory {
    if (max.signum() <= 0) {
      throw new IllegalArgumentException("the maximum position must be positive");
    }
  }
}
