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
    if (!draft.rollout.running()) {
      return "no trial runs";
    }
    if (command.action() == CommandAction.ROLLBACK) {
      return null;
    }
    return nextShare(draft) < 0
        ? "stage " + draft.rollout.stage() + " is the last one"
        : held(draft);
  }

  private static String startRefusal(Draft draft, String trialId) {
    if (trialId == null || !draft.policy.trials().containsKey(trialId)) {
      return "trial '" + trialId + "' is not known; known: " + known(draft);
    }
    if (draft.rollout.running()) {
      return "trial " + draft.rollout.trialId() + " runs; roll it back first";
    }
    return standing(draft);
  }

  private static String known(Draft draft) {
    List<String> ids = draft.policy.trials().keySet().stream().sorted().toList();
    return ids.isEmpty() ? "none" : String.join(", ", ids);
  }

  /** The first stage of a trial that was not refused. */
  static RolloutState start(Draft draft, String trialId) {
    return RolloutState.running(trialId, draft.policy.trials().get(trialId).get(0));
  }

  /** The stage after the present one. */
  static RolloutState next(Draft draft) {
    return RolloutState.running(draft.rollout.trialId(), nextShare(draft));
  }

  /** Share of the next stage, −1 after the last. */
  private static double nextShare(Draft draft) {
    List<Double> stages = draft.policy.trials().getOrDefault(draft.rollout.trialId(), List.of());
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

  /** As {@link #standing}; missing data holds a promotion as well. */
  private static String held(Draft draft) {
    String standing = standing(draft);
    if (standing != null) {
      return standing;
    }
    return draft.tracks.stream()
        .filter(track -> track.enforced() && track.outcome() == VerdictOutcome.NO_DATA)
        .filter(track -> !ofAnotherStage(track, draft.rollout))
        .findFirst()
        .map(track -> track.criterionId() + " has no data (" + track.reason() + ")")
        .orElse(null);
  }

  /** Words about a stage that is over no longer concern the rollout, and are let go with it. */
  static boolean ofAnotherStage(Track track, RolloutState now) {
    return track.scopeKey().startsWith(TRIAL_SCOPE)
        && !track.standing()
        && !track.scopeKey().equals(Verdict.trialScope(now.trialId(), now.stage()));
  }

  /**
   * A trial's acceptance: PASS goes to the next stage unless something holds it, which is then
   * said. Heard only of the stage that is in force, and of event time after it was decided.
   */
  static void accepted(Draft draft, Verdict verdict) {
    RolloutState now = draft.rollout;
    boolean ofThisStage =
        now.running()
            && verdict.scopeKey().equals(Verdict.trialScope(now.trialId(), now.stage()))
            && verdict.eventTimeUs() > draft.rolloutSinceUs;
    if (!ofThisStage || verdict.outcome() != VerdictOutcome.PASS || nextShare(draft) < 0) {
      return;
    }
    String held = held(draft);
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
   * @return false when the answer must not count as EFFECTIVE: arm B is still in force
   */
  static boolean verified(Draft draft, Ack ack) {
    RolloutState asked = draft.control.rollout();
    RolloutState taken = ack.rollout() == null ? RolloutState.NONE : ack.rollout();
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
