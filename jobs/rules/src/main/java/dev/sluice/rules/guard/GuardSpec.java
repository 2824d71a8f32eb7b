// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.guard;

import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.GapPolicy;
import dev.sluice.schemas.Action;
import java.io.Serializable;

/**
 * The rules of one guard; durations in microseconds of event time.
 *
 * @param holdUs how long the breach must last in evidence; 0 trips on the first breach
 * @param atLeast when above 0, trip on so many breaches among the last {@code outOf} evaluations
 *     (at most 63) instead of on the hold
 * @param everyUs cadence of evaluation: a longer silence between two evaluations is a hole; 0 = no
 *     cadence
 * @param gapMaxUs a longer hole ends a running hold
 * @param escalateTo null when it never escalates
 * @param flapTrips so many trips within {@code flapWithinUs} latch; 0 = never
 */
public record GuardSpec(
    long holdUs,
    int atLeast,
    int outOf,
    long recoverHoldUs,
    GapPolicy gapPolicy,
    long gapMaxUs,
    long everyUs,
    long missingAfterUs,
    Action missingAction,
    Action action,
    Action escalateTo,
    long escalateAfterUs,
    boolean latch,
    int flapTrips,
    long flapWithinUs)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The part of a criterion its guard needs. An instant criterion has no cadence. */
  public static GuardSpec of(CriterionSpec spec) {
    return new GuardSpec(
        spec.holdMs() * 1000,
        spec.atLeast(),
        spec.outOf(),
        spec.recoverHoldMs() * 1000,
        spec.gapPolicy(),
        spec.gapMaxMs() * 1000,
        spec.instant() ? 0 : spec.everyMs() * 1000,
        spec.missingAfterMs() * 1000,
        spec.missingAction(),
        spec.action(),
        spec.escalateTo(),
        spec.escalateAfterMs() * 1000,
        spec.latch(),
        spec.flapTrips(),
        spec.flapWithinMs() * 1000);
  }
}
