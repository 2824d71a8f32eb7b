// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * PASS, BREACH or NO_DATA for one criterion on one key at one event time, with its evidence.
 * Published at every change of outcome or phase, and as a periodic refresh. The criterion {@value
 * #PROGRESS} is a judge's own word "everything of this engine up to eventTimeUs has been judged";
 * it travels with the verdicts so that it can never overtake one, and its scope key names the
 * judge.
 *
 * @param verdictId deterministic: hash of criterion, criteria hash, key, event time, phase, outcome
 * @param criteriaHash identity of the criterion's text
 * @param scopeKey the rest of the key (symbol=…, arm=…, account=…), empty for the whole engine
 * @param sinceUs start of the present phase, event time
 * @param episodeStartUs event time at which the breach (or the lack of data) that led here began, 0
 *     when CLEAR; names the episode
 * @param action what it asks for now, null unless TRIPPED, LATCHED or RECOVERING
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verdict(
    String schema,
    String verdictId,
    String criterionId,
    String criteriaHash,
    String engineId,
    String scopeKey,
    long eventTimeUs,
    Source source,
    VerdictOutcome outcome,
    Phase phase,
    long sinceUs,
    long episodeStartUs,
    Severity severity,
    @Nullable Action action,
    Enforcement mode,
    Evidence evidence) {
  public static final String SCHEMA = "verdict.v1";

  /** Criterion id of the progress marker. */
  public static final String PROGRESS = "sluice.progress";

  /** What the scope key of a progress marker begins with; the judge's name follows. */
  public static final String JUDGE = "judge=";

  /** Whose progress a progress marker tells; {@code criteria} where it names nobody. */
  public String progressOf() {
    return scopeKey.startsWith(JUDGE) ? scopeKey.substring(JUDGE.length()) : "criteria";
  }

  /** True for the progress marker, which judges nothing. */
  public boolean progressMarker() {
    return PROGRESS.equals(criterionId);
  }
}
