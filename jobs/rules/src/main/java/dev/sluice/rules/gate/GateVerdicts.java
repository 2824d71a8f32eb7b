// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Action;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Evidence;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;

/** The gate's own verdicts: what it refused, who does not answer, why no lease is given. */
final class GateVerdicts {
  /** Prefix of every criterion id of the gate; verdicts that carry it are never judged again. */
  static final String PREFIX = "gate.";

  static final String COMMAND = "gate.command";
  static final String ACK = "gate.ack";
  static final String LEASE = "gate.lease";
  static final String ROLLOUT = "gate.rollout";
  static final String FLAGS = "gate.flags";

  private static final String CRITERIA_HASH = "gate-v1";

  private GateVerdicts() {}

  static Verdict pass(Draft draft, String criterionId, String occasion, String reason) {
    return of(
        draft, criterionId, occasion, VerdictOutcome.PASS, Severity.INFO, null, null, null, reason);
  }

  static Verdict refused(Draft draft, String occasion, String reason) {
    return of(
        draft,
        COMMAND,
        occasion,
        VerdictOutcome.BREACH,
        Severity.WARNING,
        null,
        null,
        null,
        reason);
  }

  /** A promotion that was earned and is not given yet. */
  static Verdict held(Draft draft, String occasion, String reason) {
    return of(
        draft,
        ROLLOUT,
        occasion,
        VerdictOutcome.BREACH,
        Severity.INFO,
        Action.HOLD,
        null,
        null,
        reason);
  }

  /** A stage that the engine has not taken up. */
  static Verdict notTakenUp(Draft draft, String occasion, String reason) {
    return of(
        draft,
        ROLLOUT,
        occasion,
        VerdictOutcome.BREACH,
        Severity.WARNING,
        Action.ROLLBACK,
        null,
        null,
        reason);
  }

  /** Flags that the engine has not taken up. */
  static Verdict flagsRefused(Draft draft, String occasion, String reason) {
    return of(
        draft,
        FLAGS,
        occasion,
        VerdictOutcome.BREACH,
        Severity.WARNING,
        Action.ALERT,
        null,
        null,
        reason);
  }

  static Verdict forgotten(Draft draft, String occasion, Action action, String reason) {
    return of(
        draft, ACK, occasion, VerdictOutcome.BREACH, Severity.CRITICAL, action, null, null, reason);
  }

  static Verdict overdue(
      Draft draft,
      String criterionId,
      String occasion,
      Severity severity,
      Action action,
      double measuredMs,
      double limitMs,
      String reason) {
    return of(
        draft,
        criterionId,
        occasion,
        VerdictOutcome.BREACH,
        severity,
        action,
        measuredMs,
        limitMs,
        reason);
  }

  private static Verdict of(
      Draft draft,
      String criterionId,
      String occasion,
      VerdictOutcome outcome,
      Severity severity,
      Action action,
      Double measured,
      Double limit,
      String reason) {
    boolean breach = outcome == VerdictOutcome.BREACH;
    return new Verdict(
        Verdict.SCHEMA,
        DecisionId.of(draft.engineId, criterionId, occasion, outcome),
        criterionId,
        CRITERIA_HASH,
        draft.engineId,
        "",
        draft.watermarkUs,
        draft.source,
        outcome,
        breach ? Phase.TRIPPED : Phase.CLEAR,
        draft.watermarkUs,
        breach ? draft.watermarkUs : 0,
        severity,
        action,
        Enforcement.ENFORCE,
        new Evidence(measured, limit, "ms", 0, 1, 1.0, 0, 0, null, reason));
  }
}
