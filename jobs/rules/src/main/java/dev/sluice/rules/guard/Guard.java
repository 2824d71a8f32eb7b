// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.guard;

import dev.sluice.rules.criterion.Outcome;
import dev.sluice.rules.spec.GapPolicy;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.VerdictOutcome;
import dev.sluice.schemas.text.Durations;
import java.util.ArrayList;
import java.util.List;

/**
 * The machine between outcomes and actions: a pure function of the state before, one outcome, the
 * event time it was judged at and the rules. The rules in short:
 *
 * <ul>
 *   <li><b>Hold.</b> It runs from the first BREACH; it is met when the time from there to the
 *       newest evidence ({@link Outcome#breachUntilUs()}) less the frozen holes reaches {@code
 *       hold} (inclusive). A PASS ends it. Holes: see {@link GapPolicy}.
 *   <li><b>At least n of m.</b> Counts evaluations with fresh evidence (newer than the evaluation
 *       before) among the last m; frozen holes are no evaluations, counted holes are breaches.
 *   <li><b>Missing.</b> NO_DATA for {@code on_missing.after} trips with its action. NO_DATA never
 *       recovers anything. If the breach's own hold is met while missing data is the cause, a new
 *       episode begins and the stronger action stands.
 *   <li><b>Recovery.</b> The recover condition must hold at every evaluation for {@code
 *       recover_hold}; anything else, NO_DATA too, falls back to TRIPPED in the same episode.
 *   <li><b>Escalation.</b> BREACH at every evaluation since the trip (or since it came back), with
 *       evidence reaching {@code escalate.after} beyond: the action becomes {@code escalate.to}.
 *   <li><b>Latch.</b> Always, or after too many trips in a time: only a person leaves LATCHED.
 * </ul>
 */
public final class Guard {
  private final GuardState before;
  private final Outcome outcome;
  private final long nowUs;
  private final GuardSpec spec;

  private Phase phase;
  private long sinceUs;
  private long episodeStartUs;
  private Action action;
  private boolean trippedByMissing;
  private boolean escalated;
  private Hold hold;
  private long missingSinceUs;
  private long recoverSinceUs;
  private long escalateSinceUs;
  private List<Long> tripsUs;
  private String why = "";

  private Guard(GuardState before, Outcome outcome, long nowUs, GuardSpec spec) {
    this.before = before;
    this.outcome = outcome;
    this.nowUs = nowUs;
    this.spec = spec;
    this.phase = before.phase();
    this.sinceUs = before.sinceUs();
    this.episodeStartUs = before.episodeStartUs();
    this.action = before.action();
    this.trippedByMissing = before.trippedByMissing();
    this.escalated = before.escalated();
    this.missingSinceUs = before.missingSinceUs();
    this.recoverSinceUs = before.recoverSinceUs();
    this.escalateSinceUs = before.escalateSinceUs();
    this.tripsUs = before.tripsUs();
  }

  /**
   * One evaluation.
   *
   * @param nowUs event time of the evaluation, later than that of the one before
   * @throws IllegalArgumentException when time does not advance
   */
  public static Step step(GuardState before, Outcome outcome, long nowUs, GuardSpec spec) {
    if (before.outcome() != null && nowUs <= before.lastUs()) {
      throw new IllegalArgumentException(
          "time must advance: " + nowUs + " after " + before.lastUs());
    }
    return new Guard(before, outcome, nowUs, spec).run();
  }

  /** RESUME by a person: CLEAR, holds start anew, trips are forgotten. */
  public static Step resume(GuardState before) {
    long atUs = before.lastUs();
    GuardState after =
        GuardState.clear(
            before.phase() == Phase.CLEAR ? before.sinceUs() : atUs,
            before.outcome(),
            atUs,
            before.lastDataUs());
    Moves.byPerson(before.phase(), Phase.CLEAR);
    return new Step(after, before.phase() != Phase.CLEAR, "resumed by a person");
  }

  /** What was judged is over: CLEAR, and nothing is known any more. */
  public static Step end(GuardState before, long nowUs) {
    GuardState after = GuardState.clear(nowUs, VerdictOutcome.NO_DATA, nowUs, before.lastDataUs());
    Moves.atTheEnd(before.phase());
    return new Step(after, before.phase() != Phase.CLEAR, "");
  }

  /** ACKNOWLEDGE by a person: a latched guard is merely tripped again and may recover by itself. */
  public static Step acknowledge(GuardState before) {
    if (before.phase() != Phase.LATCHED) {
      return new Step(before, false, "");
    }
    GuardState after =
        new GuardState(
            Moves.byPerson(before.phase(), Phase.TRIPPED),
            before.lastUs(),
            before.episodeStartUs(),
            before.outcome(),
            before.action(),
            before.trippedByMissing(),
            before.escalated(),
            before.lastUs(),
            before.lastDataUs(),
            before.holdSinceUs(),
            before.frozenUs(),
            before.recentBreaches(),
            before.missingSinceUs(),
            0,
            before.escalateSinceUs(),
            List.of());
    return new Step(after, true, "acknowledged by a person");
  }

  private Step run() {
    missingSinceUs = !outcome.noData() ? 0 : missingSinceUs == 0 ? nowUs : missingSinceUs;
    hold = Hold.of(before).step(before, outcome, nowUs, spec);
    switch (before.phase()) {
      case CLEAR, PENDING -> whileArmed();
      case TRIPPED, RECOVERING, LATCHED -> whileActing();
    }
    GuardState after = after();
    return new Step(after, changed(after), why);
  }

  private boolean missingMet() {
    return outcome.noData() && nowUs - missingSinceUs >= spec.missingAfterUs();
  }

  // ---- phases ----

  private void whileArmed() {
    if (hold.met(outcome, spec)) {
      trip(false, hold.sinceUs(), spec.action(), hold.why(outcome, spec));
    } else if (missingMet()) {
      trip(true, missingSinceUs, spec.missingAction(), missingWhy());
    } else if (hold.sinceUs() > 0) {
      moveTo(Moves.byEvidence(phase, Phase.PENDING));
      sinceUs = hold.sinceUs();
      episodeStartUs = hold.sinceUs();
    } else {
      moveTo(Moves.byEvidence(phase, Phase.CLEAR));
      episodeStartUs = 0;
    }
  }

  private void trip(boolean byMissing, long episodeUs, Action asked, String reason) {
    List<Long> trips = new ArrayList<>(before.tripsUs());
    trips.removeIf(tripUs -> nowUs - tripUs >= spec.flapWithinUs());
    trips.add(nowUs);
    boolean flapping = spec.flapTrips() > 0 && trips.size() >= spec.flapTrips();
    tripsUs = List.copyOf(trips);
    trippedByMissing = byMissing;
    episodeStartUs = episodeUs;
    action = asked;
    escalated = false;
    recoverSinceUs = 0;
    escalateSinceUs = byMissing ? 0 : nowUs;
    why = reason;
    Phase tripped = Moves.byEvidence(phase, Phase.PENDING, Phase.TRIPPED);
    if (spec.latch() || flapping) {
      List<String> reasons = new ArrayList<>(why.isEmpty() ? List.of() : List.of(why));
      if (flapping) {
        reasons.add("trip " + trips.size() + " within " + span(spec.flapWithinUs()));
      }
      reasons.add("latched for a person");
      why = String.join("; ", reasons);
      tripped = Moves.byEvidence(tripped, Phase.LATCHED);
    }
    moveTo(tripped);
  }

  private void whileActing() {
    if (trippedByMissing && hold.met(outcome, spec)) {
      trippedByMissing = false;
      episodeStartUs = hold.sinceUs();
      action = stronger(action, spec.action());
      escalateSinceUs = nowUs;
      why = hold.why(outcome, spec);
    } else if (missingMet() && stronger(action, spec.missingAction()) != action) {
      action = spec.missingAction();
      why = missingWhy();
    }
    escalate();
    if (phase != Phase.LATCHED) {
      recover();
    }
  }

  private void escalate() {
    if (!outcome.breach() || trippedByMissing) {
      escalateSinceUs = 0;
      return;
    }
    if (escalateSinceUs == 0) {
      escalateSinceUs = nowUs;
    }
    long lastedUs = outcome.breachUntilUs() - escalateSinceUs;
    if (spec.escalateTo() != null && !escalated && lastedUs >= spec.escalateAfterUs()) {
      escalated = true;
      action = stronger(action, spec.escalateTo());
      why = "still in breach " + span(lastedUs) + " after the trip: " + action;
    }
  }

  private void recover() {
    if (!outcome.recovers()) {
      recoverSinceUs = 0;
      moveTo(Moves.byEvidence(phase, Phase.TRIPPED));
      return;
    }
    if (recoverSinceUs == 0) {
      recoverSinceUs = nowUs;
    }
    if (nowUs - recoverSinceUs >= spec.recoverHoldUs()) {
      why = "recovered for " + span(nowUs - recoverSinceUs);
      moveTo(Moves.byEvidence(phase, Phase.RECOVERING, Phase.CLEAR));
      episodeStartUs = 0;
      action = null;
      trippedByMissing = false;
      escalated = false;
      recoverSinceUs = 0;
      escalateSinceUs = 0;
    } else {
      moveTo(Moves.byEvidence(phase, Phase.RECOVERING));
    }
  }

  private void moveTo(Phase next) {
    if (next != phase) {
      phase = next;
      sinceUs = nowUs;
    }
  }

  private static Action stronger(Action one, Action other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private String missingWhy() {
    return "no data for "
        + span(nowUs - missingSinceUs)
        + ", "
        + span(spec.missingAfterUs())
        + " allowed";
  }

  static String span(long durationUs) {
    return Durations.format(durationUs / 1000);
  }

  private boolean changed(GuardState after) {
    return after.outcome() != before.outcome()
        || after.phase() != before.phase()
        || after.action() != before.action()
        || after.episodeStartUs() != before.episodeStartUs();
  }

  private GuardState after() {
    return new GuardState(
        phase,
        sinceUs,
        episodeStartUs,
        outcome.verdict(),
        action,
        trippedByMissing,
        escalated,
        nowUs,
        outcome.noData() ? before.lastDataUs() : nowUs,
        hold.sinceUs(),
        hold.frozenUs(),
        hold.recentBreaches(),
        missingSinceUs,
        recoverSinceUs,
        escalateSinceUs,
        tripsUs);
  }
}
