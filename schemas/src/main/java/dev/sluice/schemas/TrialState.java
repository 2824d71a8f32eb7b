// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/**
 * A trial as it is in force at an engine.
 *
 * @param stage as in {@link RolloutState}
 * @param treatmentShare share of the slots that are treated, 0..1
 * @param sinceUs event time from which this stage is in force
 * @param salt of the assignment, see {@link SlotAssignment}
 * @param slotMs length of a slot
 * @param warmupMs the first part of each slot, which is marked and excluded
 */
public record TrialState(
    String trialId,
    String stage,
    double treatmentShare,
    long sinceUs,
    String salt,
    long slotMs,
    long warmupMs) {

  /** The stage as a control record names it. */
  public RolloutState rollout() {
    return new RolloutState(stage, treatmentShare, trialId);
  }
}
