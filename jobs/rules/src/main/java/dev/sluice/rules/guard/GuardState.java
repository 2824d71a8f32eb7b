// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.guard;

import dev.sluice.schemas.Action;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;

/**
 * Everything a guard remembers, as facts in event time (microseconds, 0 = not set). Flat, so that
 * it can be operator state.
 *
 * @param sinceUs start of the present phase
 * @param episodeStartUs when the breach, or the lack of data, that led here began; 0 when CLEAR
 * @param outcome newest outcome, null before the first evaluation
 * @param action what it asks for now; null when CLEAR or PENDING
 * @param trippedByMissing true when missing data, not a breach, tripped it
 * @param lastUs newest evaluation
 * @param lastDataUs newest evaluation that was not NO_DATA
 * @param holdSinceUs first breach of the running hold
 * @param frozenUs holes taken out of the running hold
 * @param recentBreaches newest evaluations for {@code at_least}, bit 0 the newest, 1 = breach
 * @param missingSinceUs first NO_DATA of the present hole
 * @param recoverSinceUs first evaluation of the running recovery
 * @param escalateSinceUs since when the breach has lasted after the trip
 * @param tripsUs the trips that still count for the flap latch
 */
public record GuardState(
    Phase phase,
    long sinceUs,
    long episodeStartUs,
    @Nullable VerdictOutcome outcome,
    @Nullable Action action,
    boolean trippedByMissing,
    boolean escalated,
    long lastUs,
    long lastDataUs,
    long holdSinceUs,
    long frozenUs,
    long recentBreaches,
    long missingSinceUs,
    long recoverSinceUs,
    long escalateSinceUs,
    List<Long> tripsUs) {

  /** A guard that has seen nothing. */
  public static GuardState initial() {
    return clear(0, null, 0, 0);
  }

  static GuardState clear(long sinceUs, VerdictOutcome outcome, long lastUs, long lastDataUs) {
    return new GuardState(
        Phase.CLEAR,
        sinceUs,
        0,
        outcome,
        null,
        false,
        false,
        lastUs,
        lastDataUs,
        0,
        0,
        0,
        0,
        0,
        0,
        List.of());
  }

  /** True when it asks for its action: TRIPPED, LATCHED or RECOVERING. */
  public boolean acting() {
    return phase == Phase.TRIPPED || phase == Phase.LATCHED || phase == Phase.RECOVERING;
  }
}
