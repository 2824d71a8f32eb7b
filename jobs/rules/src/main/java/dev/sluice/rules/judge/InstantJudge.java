// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import dev.sluice.rules.guard.Guard;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Judges what another job has measured: each criterion of one family against a value of the moment.
 * Holds no state of its own; all it remembers is in the {@link CriterionMemory}. The guards, the
 * cadence of refreshes and the identities are those of {@link EngineJudge}.
 */
public final class InstantJudge {
  private final Evaluation evaluation;

  /**
   * @param specs criteria of any family; the others are left to their own judges
   * @param refreshMs a verdict that did not change is said again after this much event time
   */
  public InstantJudge(List<CriterionSpec> specs, Family family, long refreshMs) {
    this.evaluation = new Evaluation(specs, family, refreshMs);
  }

  /** The criteria judged, in their order. */
  public List<CriterionSpec> criteria() {
    return evaluation.criteria().stream().map(Evaluation.Judged::spec).toList();
  }

  /**
   * One evaluation of every criterion. One that was evaluated at this time or later is left out, so
   * that time must advance for a new word.
   *
   * @param measured the value of a metric now; {@link Measurement#NONE} is NO_DATA
   */
  public List<Verdict> judge(
      Subject subject, Function<Metric, Measurement> measured, CriterionMemory memory) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Evaluation.Judged judged : evaluation.criteria()) {
      evaluation.evaluate(
          judged,
          subject,
          () -> judged.criterion().judge(measured.apply(judged.spec().metric()), subject.atUs()),
          memory,
          verdicts);
    }
    return verdicts;
  }

  /** One evaluation of one criterion; as {@link #judge}. */
  public List<Verdict> judgeOne(
      CriterionSpec spec, Subject subject, Measurement measured, CriterionMemory memory) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Evaluation.Judged judged : evaluation.criteria()) {
      if (judged.spec().id().equals(spec.id())) {
        evaluation.evaluate(
            judged,
            subject,
            () -> judged.criterion().judge(measured, subject.atUs()),
            memory,
            verdicts);
      }
    }
    return verdicts;
  }

  /**
   * One evaluation of one criterion on a closed span of time that ends with {@code subject}.
   *
   * @param beganUs when a breach of this span began, for the hold; 0 where it is of the end alone
   * @param untilUs how far the newest evidence that violates the limit by itself reaches
   */
  public List<Verdict> judgeSpan(
      CriterionSpec spec,
      Subject subject,
      long beganUs,
      Measurement measured,
      long untilUs,
      CriterionMemory memory) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Evaluation.Judged judged : evaluation.criteria()) {
      if (judged.spec().id().equals(spec.id())) {
        evaluation.evaluate(
            judged,
            subject,
            beganUs,
            () -> judged.criterion().judgeUntil(measured, untilUs),
            memory,
            verdicts);
      }
    }
    return verdicts;
  }

  /** What was judged on the subject's scope is over: CLEAR for whatever stood there. */
  public List<Verdict> end(Subject subject, String why, CriterionMemory memory) {
    return evaluation.end(subject, why, memory);
  }

  /**
   * A person's word. RESUME resets every guard, unless a critical criterion that asks for HALT or
   * FLATTEN is in breach right now; ACKNOWLEDGE unlatches the named criterion.
   *
   * @param scopeKeys the keys judged, the empty one for the whole engine
   */
  public List<Verdict> command(
      Command command, Source source, List<String> scopeKeys, CriterionMemory memory) {
    return switch (command.action()) {
      case RESUME ->
          evaluation.refusesResume(scope -> scopeKeys, memory)
              ? List.of()
              : evaluation.byPerson(command, Guard::resume, source, scope -> scopeKeys, memory);
      case ACKNOWLEDGE ->
          evaluation.byPerson(command, Guard::acknowledge, source, scope -> scopeKeys, memory);
      case HALT, PAUSE, REDUCE_ONLY, FLATTEN, START_TRIAL, PROMOTE, ROLLBACK, OVERRIDE, SET_FLAGS ->
          List.of();
    };
  }

  /**
   * The judge's word that everything of an engine before {@code untilUs} is judged.
   *
   * @param judge which judge speaks, one of {@code criteria}, {@code integrity}, {@code
   *     reconciliation}, {@code risk}, {@code trial}
   */
  public Verdict progress(
      String judge, String engineId, long untilUs, Source source, long ingestUs) {
    return Verdicts.progress(judge, evaluation.setHash(), engineId, untilUs, source, ingestUs);
  }
}
