// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Delta;
import dev.sluice.schemas.DeltaRole;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Evidence;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Rollout;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.TrialState;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;

/** Writes what a trial's standing means for the gate: PASS asks for the next stage. */
final class AcceptanceWord {
  private AcceptanceWord() {}

  /** The verdict of a minute; measured is the goal's difference where there is one. */
  static Verdict of(TrialStatus status, TrialPlan plan, String planHash, Bucket closed) {
    String scopeKey = Verdict.trialScope(status.trialId(), status.stage());
    Delta goal =
        status.deltas().stream()
            .filter(delta -> delta.role() == DeltaRole.GOAL)
            .findFirst()
            .orElse(null);
    boolean aimed = goal != null && plan != null && plan.acceptance().goal() != null;
    VerdictOutcome outcome = outcome(status);
    String identity =
        String.join(
            "|",
            Verdict.ACCEPTANCE,
            planHash,
            status.engineId(),
            scopeKey,
            Long.toString(status.stageSinceUs()),
            Long.toString(status.eventTimeUs()),
            outcome.name());
    return new Verdict(
        Verdict.SCHEMA,
        Sha256.id(identity),
        Verdict.ACCEPTANCE,
        planHash,
        status.engineId(),
        scopeKey,
        status.eventTimeUs(),
        status.source(),
        outcome,
        Phase.CLEAR,
        status.stageSinceUs(),
        0,
        Severity.INFO,
        null,
        Enforcement.ENFORCE,
        new Evidence(
            goal == null ? null : goal.estimate(),
            aimed ? plan.acceptance().goal().atLeast() : null,
            goal == null ? "" : goal.unit(),
            0,
            goal == null ? 0 : goal.blocks(),
            1,
            0,
            closed.closedIngestUs(),
            closed.inputs(),
            status.reason()));
  }

  /** PASS asks for the next stage, so a quiet A/A and a last stage are none. */
  private static VerdictOutcome outcome(TrialStatus status) {
    if (status.wish() == Rollout.PROMOTE) {
      return VerdictOutcome.PASS;
    }
    return status.outcome() == VerdictOutcome.PASS ? VerdictOutcome.BREACH : status.outcome();
  }

  /** Where a trial stands that cannot be judged. */
  static TrialStatus unknown(StageState stage, Bucket closed, String problem) {
    TrialState trial = stage.trial;
    return new TrialStatus(
        TrialStatus.SCHEMA,
        closed.engineId(),
        trial.trialId(),
        "",
        trial.stage(),
        trial.treatmentShare(),
        closed.endUs(),
        closed.source(),
        trial.sinceUs(),
        stage.coveredMs,
        0,
        0,
        0,
        null,
        List.of(),
        Rollout.HOLD,
        VerdictOutcome.NO_DATA,
        problem);
  }
}
