// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import java.util.List;

/** Watches whether the engine does what it was told. */
final class AckRules {
  private AckRules() {}

  static void answered(Draft draft, Ack ack) {
    if (draft.control == null || !draft.control.decisionId().equals(ack.decisionId())) {
      return;
    }
    draft.source = ack.source();
    switch (ack.status()) {
      case RECEIVED -> received(draft);
      case EFFECTIVE -> effective(draft);
      case REJECTED -> rejected(draft, ack);
    }
  }

  private static void received(Draft draft) {
    if (draft.pending != null && !draft.pending.received()) {
      if (draft.obedience == Obedience.SILENT) {
        reassure(draft, "answers again");
      }
      draft.pending = new PendingAck(draft.pending.decisionId(), true, draft.time.wallUs(), false);
      draft.obedience = Obedience.WAITING;
    }
  }

  private static void effective(Draft draft) {
    if (draft.pending == null) {
      return;
    }
    if (draft.pending.overdue() || draft.obedience == Obedience.SILENT) {
      reassure(draft, "is effective at last");
    }
    draft.pending = null;
    draft.obedience = Obedience.OBEYING;
  }

  private static void reassure(Draft draft, String what) {
    draft.verdicts.add(
        GateVerdicts.pass(
            draft,
            GateVerdicts.ACK,
            draft.control.decisionId() + "|" + what,
            draft.control.mode() + " " + what));
  }

  /** The engine has obeyed a newer epoch than this gate remembers: say it again, louder. */
  private static void rejected(Draft draft, Ack ack) {
    if (ack.epoch() >= draft.control.epoch()) {
      draft.reissueAbove(ack.epoch());
    }
  }

  static void elapsed(Draft draft) {
    PendingAck pending = draft.pending;
    if (pending == null || pending.overdue()) {
      return;
    }
    long waitedMs = draft.time.elapsedMs(pending.sinceUs());
    long limitMs =
        pending.received() ? draft.policy.effectiveWithinMs() : draft.policy.receivedWithinMs();
    if (waitedMs <= limitMs) {
      return;
    }
    draft.pending =
        new PendingAck(pending.decisionId(), pending.received(), pending.sinceUs(), true);
    boolean alreadySilent = draft.obedience == Obedience.SILENT;
    draft.obedience = pending.received() ? Obedience.DISOBEYING : Obedience.SILENT;
    if (!alreadySilent || pending.received()) {
      escalate(draft, pending.received(), waitedMs, limitMs);
    }
  }

  private static void escalate(Draft draft, boolean received, long waitedMs, long limitMs) {
    Mode next = received ? oneUp(draft.mode()) : silentMode(draft.mode(), draft.source);
    boolean raises = next != draft.mode();
    String missing = received ? "not EFFECTIVE" : "not RECEIVED";
    String reason =
        draft.mode()
            + " "
            + missing
            + " after "
            + waitedMs
            + " ms"
            + (raises ? ", now " + next : "");
    Verdict verdict =
        GateVerdicts.overdue(
            draft,
            GateVerdicts.ACK,
            draft.control.decisionId() + "|" + draft.obedience,
            Severity.CRITICAL,
            raises ? Action.valueOf(next.name()) : Action.ALERT,
            waitedMs,
            limitMs,
            reason);
    draft.verdicts.add(verdict);
    if (raises) {
      draft.heldMode = draft.heldMode.max(next);
      draft.settle(trigger(draft, verdict));
    }
  }

  private static Trigger trigger(Draft draft, Verdict verdict) {
    return new Trigger(
        GateVerdicts.ACK + "|" + draft.control.decisionId(),
        draft.control.episodeStartUs(),
        List.of(
            new Cause(
                verdict.verdictId(),
                verdict.criterionId(),
                verdict.evidence().measured(),
                verdict.evidence().limit(),
                verdict.evidence().reason())),
        null,
        draft.watermarkUs,
        0,
        false);
  }

  /** An engine that answers but does not act; RUN restricts nothing, so it cannot be disobeyed. */
  private static Mode oneUp(Mode mode) {
    return switch (mode) {
      case RUN -> Mode.RUN;
      case REDUCE_ONLY -> Mode.PAUSE;
      case PAUSE -> Mode.HALT;
      case HALT, FLATTEN -> Mode.FLATTEN;
    };
  }

  /**
   * An engine that does not answer: HALT at most, its lease lapses anyway. In a run whose event
   * time is not the wall clock's, the wall clock cannot tell a silent engine from a slow machine:
   * there silence is said, and what acts is the liveness of its events.
   */
  private static Mode silentMode(Mode mode, Source source) {
    return switch (source) {
      case SIMULATED, REPLAY -> mode;
      case PAPER, LIVE ->
          switch (mode) {
            case RUN -> Mode.RUN;
            case REDUCE_ONLY, PAUSE, HALT -> Mode.HALT;
            case FLATTEN -> Mode.FLATTEN;
          };
    };
  }
}
