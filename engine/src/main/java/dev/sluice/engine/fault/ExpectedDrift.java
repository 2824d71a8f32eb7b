// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.fault;

import dev.sluice.schemas.ParityCause;

/**
 * A drift between an engine and its shadow that must be told, and explained by this cause.
 *
 * @param fromMs event time from the scenario's start from which it is there
 * @param toMs until when, exclusive
 */
public record ExpectedDrift(ParityCause cause, long fromMs, long toMs) {
  public ExpectedDrift {
    if (fromMs < 0 || toMs <= fromMs) {
      throw new IllegalArgumentException(cause + ": from must be before to");
    }
  }
}
