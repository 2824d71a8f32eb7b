// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Severity;

/** Permission to run is given only by a gate that is healthy itself. */
final class LeaseRules {
  private LeaseRules() {}

  static void offer(Draft draft) {
    if (draft.progressWallUs == 0) {
      return; // nobody has spoken of this engine
    }
    long silentMs = draft.time.elapsedMs(draft.progressWallUs);
    long checkpointMs =
        draft.time.checkpointUs() == GateTime.NO_CHECKPOINTS
            ? 0
            : draft.time.elapsedMs(draft.time.checkpointUs());
    if (silentMs > draft.policy.progressBudgetMs()) {
      refuse(draft, silentMs, draft.policy.progressBudgetMs(), idle(draft));
    } else if (checkpointMs > draft.policy.checkpointBudgetMs()) {
      refuse(draft, checkpointMs, draft.policy.checkpointBudgetMs(), "no checkpoint completed");
    } else if (draft.watermarkUs > 0) {
      give(draft);
    }
  }

  /** Who is in the way, by name. */
  private static String idle(Draft draft) {
    return "nothing judged by " + String.join(", ", ProgressRules.laggards(draft));
  }

  private static void give(Draft draft) {
    if (Boolean.FALSE.equals(draft.leaseGiven)) {
      draft.verdicts.add(
          GateVerdicts.pass(
              draft, GateVerdicts.LEASE, "given@" + draft.watermarkUs, "lease given again"));
    }
    draft.leaseGiven = true;
    draft.lease =
        new Lease(
            Lease.SCHEMA,
            draft.engineId,
            draft.time.wallUs(),
            draft.policy.leaseTtlMs(),
            draft.watermarkUs,
            draft.epoch(),
            draft.policy.judgeId());
  }

  private static void refuse(Draft draft, long measuredMs, long limitMs, String what) {
    if (!Boolean.FALSE.equals(draft.leaseGiven)) {
      draft.verdicts.add(
          GateVerdicts.overdue(
              draft,
              GateVerdicts.LEASE,
              "withheld@" + draft.watermarkUs,
              Severity.WARNING,
              null,
              measuredMs,
              limitMs,
              "no lease: " + what + " for " + measuredMs + " ms, budget " + limitMs + " ms"));
    }
    draft.leaseGiven = false;
  }
}
