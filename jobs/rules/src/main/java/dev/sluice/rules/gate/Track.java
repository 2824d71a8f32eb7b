// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Action;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;

/**
 * The newest word of one criterion on one scope of the engine.
 *
 * @param standing true while the criterion asks for something (TRIPPED, RECOVERING or LATCHED)
 * @param episodeStartUs names the episode, event time
 * @param closedEpisodeUs episodes that began at or before this were ended by a person's RESUME and
 *     are heard no more; {@link Long#MIN_VALUE} for none
 * @param eventTimeUs event time of the newest verdict
 */
public record Track(
    String criterionId,
    String scopeKey,
    String criteriaHash,
    boolean standing,
    long episodeStartUs,
    long closedEpisodeUs,
    long eventTimeUs,
    Phase phase,
    VerdictOutcome outcome,
    Severity severity,
    @Nullable Action action,
    String verdictId,
    @Nullable Double measured,
    @Nullable Double limit,
    String reason,
    long decidedIngestUs) {

  static Track of(Verdict verdict, long closedEpisodeUs) {
    boolean asks =
        switch (verdict.phase()) {
          case TRIPPED, RECOVERING, LATCHED -> verdict.action() != null;
          case CLEAR, PENDING -> false;
        };
    return new Track(
        verdict.criterionId(),
        verdict.scopeKey(),
        verdict.criteriaHash(),
        asks && verdict.mode() == Enforcement.ENFORCE && verdict.episodeStartUs() > closedEpisodeUs,
        verdict.episodeStartUs(),
        closedEpisodeUs,
        verdict.eventTimeUs(),
        verdict.phase(),
        verdict.outcome(),
        verdict.severity(),
        verdict.action(),
        verdict.verdictId(),
        verdict.evidence().measured(),
        verdict.evidence().limit(),
        verdict.evidence().reason(),
        verdict.evidence().decidedIngestUs());
  }

  /** The same word after a person's RESUME: the present episode is over. */
  Track resumed() {
    return with(false, Math.max(closedEpisodeUs, episodeStartUs), action);
  }

  /** The same word asking for what an earlier word of its episode asked. */
  Track asking(Action earlier) {
    return with(standing, closedEpisodeUs, earlier);
  }

  private Track with(boolean nowStanding, long nowClosedEpisodeUs, Action nowAction) {
    return new Track(
        criterionId,
        scopeKey,
        criteriaHash,
        nowStanding,
        episodeStartUs,
        nowClosedEpisodeUs,
        eventTimeUs,
        phase,
        outcome,
        severity,
        nowAction,
        verdictId,
        measured,
        limit,
        reason,
        decidedIngestUs);
  }

  boolean sameKey(Verdict verdict) {
    return criterionId.equals(verdict.criterionId()) && scopeKey.equals(verdict.scopeKey());
  }

  Cause cause() {
    return new Cause(verdictId, criterionId, measured, limit, reason);
  }

  /** Text that names the episode for a decision id. */
  String episode() {
    String scope = scopeKey.isEmpty() ? "" : "|" + scopeKey;
    return criterionId + scope + "|" + criteriaHash + "|" + episodeStartUs;
  }
}
