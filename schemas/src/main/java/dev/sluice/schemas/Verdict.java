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
 * @param actionInTrial what it asks for instead while a trial runs, null when the same
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
    Evidence evidence,
    @Nullable Action actionInTrial) {
  public static final String SCHEMA = "verdict.v1";

  /** A verdict that asks for the same in a trial. */
  public Verdict(
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
      Action action,
      Enforcement mode,
      Evidence evidence) {
    this(
        schema,
        verdictId,
        criterionId,
        criteriaHash,
        engineId,
        scopeKey,
        eventTimeUs,
        source,
        outcome,
        phase,
        sinceUs,
        episodeStartUs,
        severity,
        action,
        mode,
        evidence,
        null);
  }

  /** Criterion id of the progress marker. */
  public static final String PROGRESS = "sluice.progress";

  /**
   * Criterion id of a trial's acceptance: PASS asks the gate to promote. Its scope key is {@link
   * #trialScope}.
   */
  public static final String ACCEPTANCE = "trial-acceptance";

  /** What the scope key of a progress marker begins with; the judge's name follows. */
  public static final String JUDGE = "judge=";

  /** The same word, said in another sentence. */
  public Verdict because(String sentence) {
    return asking(action, sentence);
  }

  /** The same word, asking for another action in another sentence. */
  public Verdict asking(Action otherAction, String sentence) {
    return new Verdict(
        schema,
        verdictId,
        criterionId,
        criteriaHash,
        engineId,
        scopeKey,
        eventTimeUs,
        source,
        outcome,
        phase,
        sinceUs,
        episodeStartUs,
        severity,
        otherAction,
        mode,
        evidence.because(sentence),
        actionInTrial);
  }

  /** Scope key of a verdict about one stage of a trial. */
  public static String trialScope(String trialId, String stage) {
    return "trial=" + trialId + ",stage=" + stage;
  }

  /** Whose progress a progress marker tells; {@code criteria} where it names nobody. */
  public String progressOf() {
    return scopeKey.startsWith(JUDGE) ? scopeKey.substring(JUDGE.length()) : "criteria";
  }

  /** True for the progress marker, which judges nothing. */
  public boolean progressMarker() {
    return PROGRESS.equals(criterionId);
  }
}
