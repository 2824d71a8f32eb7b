// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.schemas.Nullable;

/**
 * What became of one expectation, or of a fault that must lead to none.
 *
 * @param expectedAction {@code PAUSE by deadline-miss}, or {@code none}
 * @param dueUs event time, null when none is expected
 * @param decidedUs event time of the decision, null when there was none
 * @param effectiveUs event time at which the engine had obeyed, null when it has not
 * @param latencyMs wall clock from the deciding event's append to that of EFFECTIVE, null without
 * @param evidence the decision's own words
 * @param problem null when all is as expected
 */
public record FaultResult(
    String id,
    String expectedAction,
    @Nullable Long dueUs,
    @Nullable Long decidedUs,
    @Nullable Long effectiveUs,
    @Nullable Double latencyMs,
    String evidence,
    @Nullable String problem) {
  /** True when all is as expected. */
  public boolean ok() {
    return problem == null;
  }
}
