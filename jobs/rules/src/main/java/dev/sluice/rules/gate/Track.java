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
 * @param closedAtUs event time of the newest verdict when that was; a halt demanded by newer
 *     evidence is heard even so
 * @param eventTimeUs event time of the newest verdict
 * @param enforced whether the criterion may act at all
 * @param actionInTrial what it asks for instead of {@code action} while a trial runs, null when the
 *     same
 * @param windowMs length of the window the newest verdict looked at, 0 for an instant criterion
 */
public record Track(
    String criterionId,
    String scopeKey,
    String criteriaHash,
    boolean standing,
    long episodeStartUs,
    long closedEpisodeUs,
    long closedAtUs,
    long eventTimeUs,
    Phase phase,
    VerdictOutcome outcome,
    Severity severity,
    @Nullable Action action,
    String verdictId,
    @Nullable Double measured,
    @Nullable Double limit,
    String reason,
    long decidedIngestUs,
    boolean enforced,
    @Nullable Action actionInTrial,
    long windowMs) {
  private static final long NEVER = Long.MIN_VALUE;

  static Track of(Verdict verdict, Track before) {
    long closedEpisodeUs = before == null ? NEVER : before.closedEpisodeUs();
    long closedAtUs = before == null ? NEVER : before.closedAtUs();
    return new Track(
        verdict.criterionId(),
        verdict.scopeKey(),
        verdict.criteriaHash(),
        asks(verdict)
            && (verdict.episodeStartUs() > closedEpisodeUs || freshHardBreach(verdict, closedAtUs)),
        verdict.episodeStartUs(),
        closedEpisodeUs,
        closedAtUs,
        verdict.eventTimeUs(),
        verdict.phase(),
        verdict.outcome(),
        verdict.severity(),
        verdict.action(),
        verdict.verdictId(),
        verdict.evidence().measured(),
        verdict.evidence().limit(),
        verdict.evidence().reason(),
        verdict.evidence().decidedIngestUs(),
        verdict.mode() == Enforcement.ENFORCE,
        verdict.actionInTrial(),
        verdict.evidence().windowMs());
  }

  private static boolean asks(Verdict verdict) {
    boolean trippedOrAfter =
        switch (verdict.phase()) {
          case TRIPPED, RECOVERING, LATCHED -> true;
          case CLEAR, PENDING -> false;
        };
    return trippedOrAfter && verdict.action() != null && verdict.mode() == Enforcement.ENFORCE;
  }

  /**
   * The gate and the criteria hear a RESUME at slightly different times: one may accept it and the
   * other, with a breach just in, refuse it and go on with the old episode. Evidence newer than
   * RESUME that demands a halt is therefore heard whatever its episode.
   */
  private static boolean freshHardBreach(Verdict verdict, long closedAtUs) {
    return verdict.outcome() == VerdictOutcome.BREACH
        && verdict.action().mode().needsPerson()
        && verdict.eventTimeUs() > closedAtUs;
  }

  /** The same word after a person's RESUME: the present episode is over. */
  Track resumed() {
    return with(false, Math.max(closedEpisodeUs, episodeStartUs), eventTimeUs, action);
  }

  /** The same word asking for what an earlier word of its episode asked. */
  Track asking(Action earlier) {
    return with(standing, closedEpisodeUs, closedAtUs, earlier);
  }

  private Track with(
      boolean nowStanding, long nowClosedEpisodeUs, long nowClosedAtUs, Action nowAction) {
    return new Track(
        criterionId,
        scopeKey,
        criteriaHash,
        nowStanding,
        episodeStartUs,
        nowClosedEpisodeUs,
        nowClosedAtUs,
        eventTimeUs,
        phase,
        outcome,
        severity,
        nowAction,
        verdictId,
        measured,
        limit,
        reason,
        decidedIngestUs,
        enforced,
        actionInTrial,
        windowMs);
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
    String again = episodeStartUs > closedEpisodeUs ? "" : "|again|" + closedAtUs;
    return criterionId + scope + "|" + criteriaHash + "|" + episodeStartUs + again;
  }
}
