// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.fault;

import dev.sluice.schemas.Nullable;

/**
 * A change of a trial's stage that must follow.
 *
 * @param to the stage as {@link dev.sluice.schemas.RolloutState} names it: {@code 50}, {@code
 *     rolled-back}
 * @param dueMs event time from the scenario's start, or from the start of the fault named
 * @param fromFault id of a fault; null: {@code due} counts from the scenario's start
 */
public record ExpectedRollout(String to, long dueMs, @Nullable String fromFault) {
  public ExpectedRollout {
    if (to.isBlank() || dueMs < 0) {
      throw new IllegalArgumentException("to must name a stage and due must not be negative");
    }
  }
}
