// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Verdict;
import java.util.List;

/**
 * Watches whether the engine does what it was told, and learns from it: an engine that stands at a
 * higher epoch remembers a gate that remembered more than this one.
 */
final class AckRules {
  private AckRules() {}

  /**
   * A gate that was restored comes to its own later decisions again, by the same names; until then
   * the engine is ahead of it, and that means nothing. Meanwhile no lease of this gate permits
   * anything, as it names an epoch below the engine's.
   */
  static void answered(Draft draft, Ack ack) {
    if (ack.epoch() <= draft.epoch() || believable(draft, ack)) {
      believe(draft, ack);
    } else if (draft.doubted == null || ack.epoch() >= draft.doubted.epoch()) {
      draft.doubted = ack;
    }
  }

  /** Looks again at the answer that is doubted: the gate has caught up, or it never will. */
  static void reconsider(Draft draft) {
    Ack ack = draft.doubted;
    if (ack != null && (ack.epoch() <= draft.epoch() || believable(draft, ack))) {
      draft.doubted = null;
      believe(draft, ack);
    }
  }

  private static boolean believable(Draft draft, Ack ack) {
    return !settling(draft) && (judgedUpTo(draft, ack) || refusedForLong(draft, ack));
  }

  /** Whatever the engine says of its time: what a person asks for must not wait for ever. */
  private static boolean refusedForLong(Draft draft, Ack ack) {
    return mine(draft, ack)
        && draft.pending != null
        && draft.time.elapsedMs(draft.pending.sinceUs()) > draft.policy.progressBudgetMs();
  }

  private static boolean settling(Draft draft) {
    return draft.time.ageMs() < draft.policy.settleMs();
  }

  /**
   * What led to the decision is no later than the engine's answer. Nothing more is waited for when
   * no more comes: an engine that waits for a lease stands between two borders.
   */
  private static boolean judgedUpTo(Draft draft, Ack ack) {
    long missingMs = (ack.eventTimeUs() - draft.watermarkUs) / 1000;
    boolean nearly = missingMs <= draft.policy.progressBudgetMs();
    long patienceMs = nearly ? draft.policy.receivedWithinMs() : draft.policy.progressBudgetMs();
    return missingMs <= 0 || draft.time.elapsedMs(draft.progressWallUs) > patienceMs;
  }

  private static boolean mine(Draft draft, Ack ack) {
    return draft.control != null && draft.control.decisionId().equals(ack.decisionId());
  }

  private static void believe(Draft draft, Ack ack) {
    boolean mine = mine(draft, ack);
    if (adopts(draft, ack, mine)) {
      adopt(draft, ack);
      return;
    }
    if (!mine) {
      return;
    }
    draft.source = ack.source();
    switch (ack.status()) {
      case RECEIVED -> received(draft);
      case EFFECTIVE -> effective(draft, ack);
      case REJECTED -> rejected(draft, ack);
    }
  }

  /**
   * Whether the engine obeys something that this gate has forgotten and must not loosen. HALT and
   * FLATTEN are believed of any answer above the gate's epoch. PAUSE and REDUCE_ONLY may have been
   * a person's: believed when the engine refuses a record that would loosen them. Not believed is
   * what a person's later RESUME has ended.
   */
  private static boolean adopts(Draft draft, Ack ack, boolean mine) {
    boolean refused = mine && ack.status() == AckStatus.REJECTED;
    boolean ahead = refused ? ack.epoch() >= draft.epoch() : ack.epoch() > draft.epoch();
    boolean resumed = ack.receivedAtUs() > 0 && draft.resumedAtUs >= ack.receivedAtUs();
    boolean believed = ack.mode().needsPerson() || refused;
    return ahead && believed && !resumed && ack.mode().compareTo(draft.mode()) > 0;
  }

  /** Holds the engine's own mode until a person's RESUME, and says so above its epoch. */
  private static void adopt(Draft draft, Ack ack) {
    draft.source = ack.source();
    draft.heldMode = draft.heldMode.max(ack.mode());
    Verdict verdict =
        GateVerdicts.forgotten(
            draft,
            ack.decisionId() + "|adopted|" + ack.epoch(),
            Action.valueOf(ack.mode().name()),
            "engine stands at "
                + ack.mode()
                + ", epoch "
                + ack.epoch()
                + ", unknown to this gate at epoch "
                + draft.epoch()
                + ": held until RESUME");
    draft.verdicts.add(verdict);
    draft.settleAbove(
        ack.epoch(),
        trigger(draft, verdict, GateVerdicts.ACK + "|" + ack.decisionId() + "|" + ack.epoch()));
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

  private static void effective(Draft draft, Ack ack) {
    if (!FlagRules.inForce(draft, ack)) {
      FlagRules.takeBack(draft, ack);
      return;
    }
    boolean verified = RolloutRules.verified(draft, ack);
    boolean stillMine = draft.control.decisionId().equals(ack.decisionId());
    if (!verified && draft.pending == null) {
      draft.pending = new PendingAck(ack.decisionId(), true, draft.time.wallUs(), false);
      draft.obedience = Obedience.WAITING;
    }
    if (!verified || !stillMine || draft.pending == null) {
      return;
    }
    if (draft.pending.overdue() || draft.obedience == Obedience.SILENT) {
      reassure(draft, "is effective at last");
    }
    draft.pending = null;
    draft.obedience = Obedience.OBEYING;
    draft.record(AuditWords.effective(draft, ack));
  }

  private static void reassure(Draft draft, String what) {
    draft.verdicts.add(
        GateVerdicts.pass(
            draft,
            GateVerdicts.ACK,
            draft.control.decisionId() + "|" + what,
            draft.control.mode() + " " + what));
  }

  /**
   * The engine has taken the record and refuses its flags; or it has obeyed a newer epoch than this
   * gate remembers: say it again, louder.
   */
  private static void rejected(Draft draft, Ack ack) {
    boolean taken = draft.pending != null && draft.pending.received();
    if (taken && !FlagRules.inForce(draft, ack)) {
      FlagRules.takeBack(draft, ack);
    } else if (ack.epoch() >= draft.control.epoch()) {
      draft.reissueAbove(ack.epoch());
    }
  }

  static void elapsed(Draft draft) {
    reconsider(draft);
    if (draft.doubted != null) {
      return; // it does answer
    }
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
    Mode next = received ? oneUp(draft) : silentMode(draft);
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
    draft.record(AuditWords.overdue(draft, received));
    if (raises) {
      draft.heldMode = draft.heldMode.max(next);
      draft.settle(trigger(draft, verdict, GateVerdicts.ACK + "|" + draft.control.decisionId()));
    }
  }

  private static Trigger trigger(Draft draft, Verdict verdict, String identity) {
    return new Trigger(
        identity,
        draft.control == null ? 0 : draft.control.episodeStartUs(),
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

  /**
   * An engine that answers but does not act. RUN restricts nothing, so it cannot be disobeyed,
   * unless it takes a trial back.
   */
  private static Mode oneUp(Draft draft) {
    return switch (draft.mode()) {
      case RUN -> takesBack(draft) ? Mode.PAUSE : Mode.RUN;
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
  private static Mode silentMode(Draft draft) {
    Mode mode = draft.mode();
    return switch (draft.source) {
      case SIMULATED, REPLAY -> mode;
      case PAPER, LIVE ->
          switch (mode) {
            case RUN -> takesBack(draft) ? Mode.HALT : Mode.RUN;
            case REDUCE_ONLY, PAUSE, HALT -> Mode.HALT;
            case FLATTEN -> Mode.FLATTEN;
          };
    };
  }

  private static boolean takesBack(Draft draft) {
    boolean confirmed = draft.confirmedRollout != null && !draft.confirmedRollout.running();
    return draft.control.rollout().rolledBack() && !confirmed;
  }
}
