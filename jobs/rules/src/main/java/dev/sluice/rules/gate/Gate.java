// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * The gate: folds verdicts, commands and answers into the one desired state of an engine.
 *
 * <p>Rules. The most restrictive standing word wins ({@link Lattice}); further words that ask for
 * no more make no further decision. A mode that came from a criterion alone (REDUCE_ONLY, PAUSE) is
 * left when the criterion clears; HALT, FLATTEN, latched guards, a person's command and an
 * escalation are left by a person's RESUME only. RESUME ends the episodes that stood: later words
 * of them are not heard. Every decision has a name made of its occasion, never of a clock, so a
 * replay gives the same names; a repeated input changes nothing.
 *
 * <p>Pure and stateless: values and a given time in, values out.
 */
public final class Gate {
  /** Criteria and scopes remembered per engine; beyond it only words that ask for something are. */
  public static final int MAX_TRACKS = 256;

  private Gate() {}

  /**
   * One step.
   *
   * @param state what was known of the engine
   * @param input about this engine
   * @param time the wall clock; decides only waits and leases, never a mode demanded by a criterion
   */
  public static GateStep decide(
      GateState state, GateInput input, GateTime time, GatePolicy policy) {
    Draft draft = new Draft(state, time, policy);
    if (input instanceof GateInput.Judged judged) {
      judged(draft, judged.verdict());
    } else if (input instanceof GateInput.Answered answered) {
      AckRules.answered(draft, answered.ack());
    } else if (input instanceof GateInput.Asked asked) {
      CommandRules.asked(draft, asked.command());
    } else {
      AckRules.elapsed(draft);
      OverrideRules.expireByClock(draft);
      LeaseRules.offer(draft);
    }
    return draft.finish();
  }

  private static void judged(Draft draft, Verdict verdict) {
    if (verdict.criterionId().startsWith(GateVerdicts.PREFIX)) {
      return;
    }
    if (verdict.progressMarker()) {
      progressed(draft, verdict);
    } else if (verdict.criterionId().equals(Verdict.ACCEPTANCE)) {
      draft.source = verdict.source();
      RolloutRules.accepted(draft, verdict);
    } else {
      draft.source = verdict.source();
      heard(draft, verdict);
    }
  }

  private static void progressed(Draft draft, Verdict marker) {
    if (!draft.policy.waitsFor(marker)) {
      return;
    }
    draft.source = marker.source();
    if (ProgressRules.advances(draft, marker)) {
      AckRules.reconsider(draft);
      OverrideRules.expire(draft, draft.watermarkUs);
      RolloutRules.decide(draft);
      LeaseRules.offer(draft);
    }
  }

  private static void heard(Draft draft, Verdict verdict) {
    int index = indexOf(draft.tracks, verdict);
    Track before = index < 0 ? null : draft.tracks.get(index);
    if (before != null
        && (verdict.eventTimeUs() < before.eventTimeUs()
            || verdict.verdictId().equals(before.verdictId()))) {
      return;
    }
    Track now = neverWeaker(draft, before, Track.of(verdict, before));
    if (before != null) {
      draft.tracks.set(index, now);
    } else if (now.standing() || draft.tracks.size() < MAX_TRACKS) {
      draft.tracks.add(now);
    }
    draft.holdFor(now);
    draft.settle(trigger(draft, before, now));
  }

  /** Within one episode a demand only grows, so that (episode, mode) names one decision. */
  private static Track neverWeaker(Draft draft, Track before, Track now) {
    boolean weaker =
        before != null
            && before.standing()
            && now.standing()
            && before.episodeStartUs() == now.episodeStartUs()
            && draft.demand(now).compareTo(draft.demand(before)) < 0;
    return weaker ? now.asking(before.action()) : now;
  }

  private static Trigger trigger(Draft draft, Track before, Track now) {
    Mode demandBefore = before == null ? Mode.RUN : draft.demand(before);
    if (draft.demand(now).compareTo(demandBefore) >= 0) {
      return Trigger.raisedBy(now, now.episode(), now.eventTimeUs());
    }
    return new Trigger(
        before.episode() + "|clear",
        before.episodeStartUs(),
        List.of(now.cause()),
        null,
        now.eventTimeUs(),
        now.decidedIngestUs(),
        false);
  }

  private static int indexOf(List<Track> tracks, Verdict verdict) {
    for (int i = 0; i < tracks.size(); i++) {
      if (tracks.get(i).sameKey(verdict)) {
        return i;
      }
    }
    return -1;
  }

  /** The evidence of every standing word, for a status line. */
  public static List<Cause> standing(GateState state) {
    List<Cause> causes = new ArrayList<>();
    for (Track track : state.tracks()) {
      if (track.standing()) {
        causes.add(track.cause());
      }
    }
    return causes;
  }
}
