// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.schemas.Nullable;

/**
 * What became of one expected change of a trial's stage.
 *
 * @param to the stage, as the scenario names it
 * @param dueUs event time
 * @param decidedUs event time of the decision, null when there was none
 * @param effectiveUs event time at which the engine had obeyed, null when it has not
 * @param inForceUs event time from which the engine counts the stage, null when it did not say
 * @param latencyMs wall clock from the deciding event's append to that of EFFECTIVE, null without
 * @param evidence the decision's own words
 * @param problem null when all is as expected
 */
record RolloutResult(
    String to,
    long dueUs,
    @Nullable Long decidedUs,
    @Nullable Long effectiveUs,
    @Nullable Long inForceUs,
    @Nullable Double latencyMs,
    String evidence,
    @Nullable String problem) {
  boolean ok() {
    return problem == null;
  }
}
