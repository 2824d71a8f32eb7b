// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Where a trial stands, each minute of event time while it runs: every difference with its
 * interval, and the sentence that says what holds it back.
 *
 * @param planHash identity of the trial's text
 * @param stage as in {@link RolloutState}
 * @param stageSinceUs event time from which this stage is in force
 * @param coveredMs event time of this stage that has data
 * @param dwellMs how much of it a promotion needs
 * @param slotsA slots with data, all symbols
 * @param slotsB the same of B
 * @param sampleRatioP probability that the arms' slots are as uneven as this or more, if nothing is
 *     wrong; null where nothing can be compared
 * @param wish PROMOTE when everything is met, else HOLD
 * @param outcome BREACH while something is surely wrong, else NO_DATA while something cannot be
 *     told, else BREACH while something is not met, PASS when everything is
 * @param reason what holds it back, or why it may go on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrialStatus(
    String schema,
    String engineId,
    String trialId,
    String planHash,
    String stage,
    double treatmentShare,
    long eventTimeUs,
    Source source,
    long stageSinceUs,
    long coveredMs,
    long dwellMs,
    long slotsA,
    long slotsB,
    @Nullable Double sampleRatioP,
    List<Delta> deltas,
    Rollout wish,
    VerdictOutcome outcome,
    String reason) {
  public static final String SCHEMA = "trial_status.v1";
}
