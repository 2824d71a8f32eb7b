// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import dev.sluice.rules.guard.GuardState;

/**
 * What is remembered of one criterion on one scope key.
 *
 * @param emittedUs event time of the newest verdict; 0 so that the next evaluation is said
 * @param textId which text judged last: the first 8 bytes of its hash; 0 of a savepoint that knows
 *     no texts yet
 * @param measurementId what that text measured, likewise
 */
public record CriterionState(GuardState guard, long emittedUs, long textId, long measurementId) {
  /** A state of which nobody knows the text. */
  public CriterionState(GuardState guard, long emittedUs) {
    this(guard, emittedUs, 0, 0);
  }
}
