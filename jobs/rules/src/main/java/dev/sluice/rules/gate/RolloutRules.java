// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Rollout;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;

/**
 * The second part of the desired state: which share of the slots a trial treats. A person starts a
 * trial; from stage to stage it goes by its acceptance, or by a person; back it goes by any word
 * that asks for it, at once, whatever else waits.
 */
final class RolloutRules {
  private static final String TRIAL_SCOPE = "trial=";

  private RolloutRules() {}

  /** Why a command about the rollout is refused, null when it is not. */
  static String refusal(Draft draft, Command command) {
    if (command.action() == CommandAction.START_TRIAL) {
      return startRefusal(draft, command.trialId());
    }
    if (command.action() == CommandAction.ROLLBACK) {
      return null; // also where none is known of: the engine may remember more than this gate
    }
    if (!draft.rollout.running()) {
      return "no trial runs";
    }
    if (nextShare(draft) < 0) {
      return "stage " + draft.rollout.stage() + " is the last one";
    }
    return draft.pending != null
        ? "the engine has not confirmed stage " + draft.rollout.stage()
        : held(draft, draft.watermarkUs);
  }

  private static String startRefusal(Draft draft, String trialId) {
    if (trialId == null || !draft.policy.rollout().trials().containsKey(trialId)) {
      return "trial '" + trialId + "' is not known; known: " + known(draft);
    }
    if (draft.rollout.running()) {
      return "trial " + draft.rollout.trialId() + " runs; roll it back first";
    }
    return standing(draft);
  }

  private static String known(Draft draft) {
    List<String> ids = draft.policy.rollout().trials().keySet().stream().sorted().toList();
    return ids.isEmpty() ? "none" : String.join(", ", ids);
  }

  /** The first stage of a trial that was not refused. */
  static RolloutState start(Draft draft, String trialId) {
    return RolloutState.running(trialId, draft.policy.rollout().trials().get(trialId).get(0));
  }

  /** No slot is treated, of whatever trial. */
  static RolloutState back(Draft draft, String trialId) {
    return RolloutState.rolledBack(
        draft.rollout.trialId() == null ? trialId : draft.rollout.trialId());
  }

  /** The stage after the present one. */
  static RolloutState next(Draft draft) {
    return RolloutState.running(draft.rollout.trialId(), nextShare(draft));
  }

  /** Share of the next stage, −1 after the last. */
  private static double nextShare(Draft draft) {
    List<Double> stages =
        draft.policy.rollout().trials().getOrDefault(draft.rollout.trialId(), List.of());
    return stages.stream()
        .filter(share -> share > draft.rollout.treatmentShare())
        .findFirst()
        .orElse(-1.0);
  }

  /** What forbids any step forward now, null for nothing. */
  private static String standing(Draft draft) {
    Rollout winner =
        Lattice.rollout(
            Rollout.PROMOTE,
            draft.mode(),
            draft.tracks,
            draft.overrides,
            draft.rollout,
            draft.rolloutSinceUs);
    if (winner == Rollout.PROMOTE) {
      return null;
    }
    return draft.tracks.stream()
        .filter(track -> track.standing() && track.action() != null)
        .filter(track -> !Lattice.overridden(track, draft.overrides))
        .findFirst()
        .map(track -> track.criterionId() + " stands (" + track.reason() + ")")
        .orElse(
            draft.overrides.isEmpty()
                ? "the mode is " + draft.mode()
                : "an override of " + draft.overrides.get(0).criterionId() + " is active");
  }

  /**
   * As {@link #standing}; missing data holds a promotion as well, and so does a word that was never
   * said or is too old.
   */
  private static String held(Draft draft, long atUs) {
    String standing = standing(draft);
    if (standing != null) {
      return standing;
    }
    for (Track track : draft.tracks) {
      if (track.enforced()
          && track.outcome() == VerdictOutcome.NO_DATA
          && !ofAnotherStage(track, draft.rollout)) {
        return track.criterionId() + " has no data (" + track.reason() + ")";
      }
    }
    String scopeKey = Verdict.trialScope(draft.rollout.trialId(), draft.rollout.stage());
    for (String criterionId : draft.policy.rollout().safety()) {
      if (find(draft, criterionId, scopeKey) == null) {
        return criterionId + " has not been judged in this stage";
      }
    }
    for (RolloutPolicy.MandatoryWord word : draft.policy.rollout().mandatory()) {
      if (word.engineId().equals(draft.engineId)) {
        Track track = find(draft, word.criterionId(), word.scopeKey());
        if (track == null) {
          return word.criterionId() + " has not been judged (" + word.scopeKey() + ")";
        }
        if (atUs - track.eventTimeUs() > word.maxAgeMs() * 1_000) {
          return word.criterionId() + " was last judged too long ago (" + word.scopeKey() + ")";
        }
      }
    }
    return null;
  }

  private static Track find(Draft draft, String criterionId, String scopeKey) {
    for (Track track : draft.tracks) {
      if (track.criterionId().equals(criterionId) && track.scopeKey().equals(scopeKey)) {
        return track;
      }
    }
    return null;
  }

  /** Words about a stage that is over no longer concern the rollout, and are let go with it. */
  static boolean ofAnotherStage(Track track, RolloutState now) {
    return track.scopeKey().startsWith(TRIAL_SCOPE)
        && !track.standing()
        && !track.scopeKey().equals(Verdict.trialScope(now.trialId(), now.stage()));
  }

  /**
   * A trial's acceptance. PASS waits until every judge waited for has come as far, so that what one
   * of them says of the same time or before is heard first. Heard only of the stage that is in
   * force: what an earlier attempt at it has shown does not count.
   */
  static void accepted(Draft draft, Verdict verdict) {
    RolloutState now = draft.rollout;
    boolean ofThisStage =
        now.running()
            && verdict.scopeKey().equals(Verdict.trialScope(now.trialId(), now.stage()))
            && verdict.sinceUs() >= draft.rolloutSinceUs;
    boolean newer =
        draft.acceptance == null || verdict.eventTimeUs() >= draft.acceptance.eventTimeUs();
    if (!ofThisStage || !newer || nextShare(draft) < 0) {
      return;
    }
    draft.acceptance = verdict.outcome() == VerdictOutcome.PASS ? verdict : null;
    decide(draft);
  }

  /**
   * Goes to the next stage when its acceptance is ripe, unless something holds it: then says so.
   */
  static void decide(Draft draft) {
    Verdict verdict = draft.acceptance;
    if (verdict == null || draft.watermarkUs < verdict.eventTimeUs()) {
      return;
    }
    draft.acceptance = null;
    String held = held(draft, verdict.eventTimeUs());
    if (held != null) {
      draft.verdicts.add(
          GateVerdicts.held(
              draft, verdict.verdictId(), "promotion of " + verdict.scopeKey() + " held: " + held));
      return;
    }
    String decidedBy = draft.control == null ? "" : draft.control.decisionId();
    draft.rollout = next(draft);
    draft.settle(
        new Trigger(
            Verdict.ACCEPTANCE + "|" + verdict.scopeKey() + "|" + decidedBy,
            verdict.episodeStartUs(),
            List.of(
                new Cause(
                    verdict.verdictId(),
                    verdict.criterionId(),
                    verdict.evidence().measured(),
                    verdict.evidence().limit(),
                    verdict.evidence().reason())),
            null,
            verdict.eventTimeUs(),
            verdict.evidence().decidedIngestUs(),
            false));
  }

  /**
   * Whether the engine has taken up the stage it was told. One that says it has not goes on with
   * arm A alone: the trial is over before it began.
   *
   * @return false when the answer must not count as EFFECTIVE: arm B is still in force, or the
   *     engine, which had confirmed it, says nothing of it
   */
  static boolean verified(Draft draft, Ack ack) {
    RolloutState asked = draft.control.rollout();
    RolloutState taken = ack.rollout();
    if (taken == null) {
      boolean wasRunning = draft.confirmedRollout != null && draft.confirmedRollout.running();
      taken = wasRunning && !asked.running() ? draft.confirmedRollout : RolloutState.NONE;
    } else {
      draft.confirmedRollout = taken;
    }
    if (asked.running() ? taken.equals(asked) : !taken.running()) {
      return true;
    }
    if (!asked.running()) {
      return false;
    }
    Verdict verdict =
        GateVerdicts.notTakenUp(
            draft,
            ack.decisionId(),
            "stage "
                + asked.stage()
                + " of "
                + asked.trialId()
                + " was not taken up: "
                + (ack.reason() == null ? "in force is " + taken.stage() : ack.reason()));
    draft.verdicts.add(verdict);
    draft.rollout = RolloutState.rolledBack(asked.trialId());
    draft.settle(
        new Trigger(
            GateVerdicts.ROLLOUT + "|" + ack.decisionId(),
            0,
            List.of(
                new Cause(
                    verdict.verdictId(),
                    verdict.criterionId(),
                    null,
                    null,
                    verdict.evidence().reason())),
            null,
            draft.watermarkUs,
            0,
            false));
    return true;
  }
}
