// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import dev.sluice.rules.guard.GuardState;

/**
 * What is remembered of one criterion on one scope key.
 *
 * @param emittedUs event time of the newest verdict
 */
public record CriterionState(GuardState guard, long emittedUs) {}
