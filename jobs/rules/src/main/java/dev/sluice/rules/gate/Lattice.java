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
  /** Event time after a rollback in which arm B may still be seen. */
  private static final long SETTLED_US = 120_000_000;

  private Lattice() {}

  /**
   * What a standing word asks for as the rollout stands. In an episode that began before the
   * rollback, or while a trial runs, it is what the criterion asks for in a trial.
   *
   * @param sinceUs event time of the decision that set the rollout
   */
  static Action asked(Track track, RolloutState rollout, long sinceUs) {
    boolean inTrial =
        rollout.running() || (rollout.rolledBack() && track.episodeStartUs() < sinceUs);
    return inTrial && track.actionInTrial() != null ? track.actionInTrial() : track.action();
  }

  /**
   * The mode a standing word demands. ROLLBACK demands none while the trial can be rolled back, and
   * none of its own episode afterwards, unless the breach goes on over a window that lies wholly
   * after the rollback: then what was rolled back to is unhealthy itself, and the answer is HALT.
   * In any other case, where there is nothing to roll back, it demands PAUSE.
   *
   * @param sinceUs event time of the decision that set the rollout
   */
  public static Mode demand(Track track, RolloutState rollout, long sinceUs) {
    if (!track.standing() || track.action() == null) {
      return Mode.RUN;
    }
    Action asked = asked(track, rollout, sinceUs);
    if (asked != Action.ROLLBACK) {
      return asked.mode();
    }
    if (rollout.running()) {
      return Mode.RUN;
    }
    if (rollout.rolledBack() && track.episodeStartUs() < sinceUs) {
      long windowStartUs = track.eventTimeUs() - track.windowMs() * 1_000;
      boolean goesOn =
          track.outcome() == VerdictOutcome.BREACH && windowStartUs >= sinceUs + SETTLED_US;
      return goesOn ? Mode.HALT : Mode.RUN;
    }
    return Mode.PAUSE;
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
      RolloutState rollout,
      long sinceUs) {
    Mode mode = heldMode;
    for (Track track : tracks) {
      if (!overridden(track, overrides)) {
        mode = mode.max(demand(track, rollout, sinceUs));
      }
    }
    return mode;
  }

  /** The rollout part: what wins of the standing words, the mode, overrides and {@code wish}. */
  public static Rollout rollout(
      Rollout wish,
      Mode mode,
      Collection<Track> tracks,
      Collection<ActiveOverride> overrides,
      RolloutState rollout,
      long sinceUs) {
    Rollout winner = mode == Mode.RUN && overrides.isEmpty() ? wish : max(wish, Rollout.HOLD);
    for (Track track : tracks) {
      if (track.standing() && track.action() != null && !overridden(track, overrides)) {
        boolean back = asked(track, rollout, sinceUs) == Action.ROLLBACK;
        winner = max(winner, back ? Rollout.ROLLBACK : Rollout.HOLD);
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
