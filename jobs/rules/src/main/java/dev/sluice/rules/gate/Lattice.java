// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Action;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Rollout;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.VerdictOutcome;
import java.util.Collection;

/**
 * The order of desired states. Mode: the most restrictive demand of all scopes wins. Rollout:
 * ROLLBACK beats HOLD beats PROMOTE, and any mode above RUN holds. Both are maxima, so the order in
 * which verdicts arrive cannot matter.
 */
public final class Lattice {
  private Lattice() {}

  /** True while a trial (a staged rollout) runs. */
  public static boolean trialRuns(RolloutState rollout) {
    return rollout.treatmentShare() > 0;
  }

  /**
   * The mode a standing word demands. ROLLBACK demands nothing while a trial can be, or has been,
   * rolled back; without any trial it demands PAUSE.
   */
  public static Mode demand(Track track, RolloutState rollout) {
    if (!track.standing() || track.action() == null) {
      return Mode.RUN;
    }
    if (track.action() == Action.ROLLBACK && rollout.equals(RolloutState.NONE)) {
      return Mode.PAUSE;
    }
    return track.action().mode();
  }

  /** Whether a standing word is left only through a person. */
  public static boolean holds(Track track, Mode demand) {
    return demand.needsPerson() || (demand != Mode.RUN && track.phase() == Phase.LATCHED);
  }

  /** The most restrictive of the floor and every standing word that is not overridden. */
  public static Mode mode(
      Mode heldMode,
      Collection<Track> tracks,
      Collection<ActiveOverride> overrides,
      RolloutState rollout) {
    Mode mode = heldMode;
    for (Track track : tracks) {
      if (!overridden(track, overrides)) {
        mode = mode.max(demand(track, rollout));
      }
    }
    return mode;
  }

  /** The rollout part: what wins of the standing words, the mode, overrides and {@code wish}. */
  public static Rollout rollout(
      Rollout wish, Mode mode, Collection<Track> tracks, Collection<ActiveOverride> overrides) {
    Rollout winner = mode == Mode.RUN && overrides.isEmpty() ? wish : max(wish, Rollout.HOLD);
    for (Track track : tracks) {
      if (track.standing() && track.action() != null && !overridden(track, overrides)) {
        winner = max(winner, track.action() == Action.ROLLBACK ? Rollout.ROLLBACK : Rollout.HOLD);
      }
    }
    return winner;
  }

  /** True when a person has suspended this word. */
  public static boolean overridden(Track track, Collection<ActiveOverride> overrides) {
    return overrides.stream().anyMatch(override -> override.covers(track));
  }

  /** A condition that stands right now and must not be resumed into. */
  static boolean forbidsResume(Track track, Collection<ActiveOverride> overrides) {
    return track.standing()
        && track.severity() == Severity.CRITICAL
        && track.outcome() == VerdictOutcome.BREACH
        && track.action() != null
        && track.action().mode().needsPerson()
        && !overridden(track, overrides);
  }

  private static Rollout max(Rollout one, Rollout other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
