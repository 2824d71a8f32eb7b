// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import dev.sluice.rules.criterion.Outcome;
import dev.sluice.rules.guard.GuardState;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Evidence;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes verdicts; ids depend on nothing but what the verdict says. */
final class Verdicts {
  private Verdicts() {}

  static Verdict of(
      CriterionSpec spec,
      String criteriaHash,
      String engineId,
      String scopeKey,
      Source source,
      GuardState guard,
      Evidence evidence) {
    String identity =
        String.join(
            "|",
            spec.id(),
            criteriaHash,
            engineId,
            scopeKey,
            Long.toString(guard.lastUs()),
            guard.phase().name(),
            guard.outcome().name());
    return new Verdict(
        Verdict.SCHEMA,
        Sha256.id(identity),
        spec.id(),
        criteriaHash,
        engineId,
        scopeKey,
        guard.lastUs(),
        source,
        guard.outcome(),
        guard.phase(),
        guard.sinceUs(),
        guard.episodeStartUs(),
        spec.severity(),
        guard.action(),
        spec.mode(),
        evidence,
        guard.action() == spec.action() ? spec.actionInTrial() : null);
  }

  static Evidence evidence(
      CriterionSpec spec,
      Outcome outcome,
      String why,
      long decidedIngestUs,
      List<InputRange> inputs) {
    return new Evidence(
        outcome.noData() ? null : outcome.measured(),
        spec.breach().value(),
        spec.metric().unit(),
        spec.overMs(),
        outcome.samples(),
        outcome.coverageRatio(),
        outcome.gaps(),
        decidedIngestUs,
        inputs,
        why.isEmpty() ? outcome.reason() : outcome.reason() + "; " + why);
  }

  /** Evidence of a person's word: nothing was measured. */
  static Evidence word(CriterionSpec spec, String why) {
    return new Evidence(
        null, spec.breach().value(), spec.metric().unit(), spec.overMs(), 0, 0, 0, 0, null, why);
  }

  /**
   * The last word of a text that judges no more: CLEAR, as of its newest evaluation. Of a criterion
   * that is gone nothing but its id is left to say.
   *
   * @param setHash identity of the criteria that judge from now on
   */
  static Verdict ended(
      String criterionId,
      String scopeKey,
      String engineId,
      Source source,
      GuardState ended,
      String setHash,
      String why) {
    String identity =
        String.join(
            "|", criterionId, setHash, engineId, scopeKey, Long.toString(ended.lastUs()), "ended");
    return new Verdict(
        Verdict.SCHEMA,
        Sha256.id(identity),
        criterionId,
        setHash,
        engineId,
        scopeKey,
        ended.lastUs(),
        source,
        ended.outcome(),
        ended.phase(),
        ended.sinceUs(),
        0,
        Severity.INFO,
        null,
        Enforcement.ENFORCE,
        new Evidence(null, null, "", 0, 0, 0, 0, 0, null, why));
  }

  static Verdict progress(Bucket closed, String criteriaHash) {
    return progress(
        "criteria",
        criteriaHash,
        closed.engineId(),
        closed.endUs(),
        closed.source(),
        closed.closedIngestUs());
  }

  static Verdict progress(
      String judge,
      String criteriaHash,
      String engineId,
      long untilUs,
      Source source,
      long decidedIngestUs) {
    String identity =
        String.join("|", Verdict.PROGRESS, judge, criteriaHash, engineId, Long.toString(untilUs));
    return new Verdict(
        Verdict.SCHEMA,
        Sha256.id(identity),
        Verdict.PROGRESS,
        criteriaHash,
        engineId,
        Verdict.JUDGE + judge,
        untilUs,
        source,
        VerdictOutcome.PASS,
        Phase.CLEAR,
        untilUs,
        0,
        Severity.INFO,
        null,
        Enforcement.ENFORCE,
        new Evidence(
            null,
            null,
            "",
            0,
            0,
            1,
            0,
            decidedIngestUs,
            null,
            "everything before this time is judged"));
  }

  /** Offsets the buckets rest on, merged per topic and partition; null when none is known. */
  static List<InputRange> inputs(List<Bucket> buckets) {
    Map<String, InputRange> merged = new LinkedHashMap<>();
    for (Bucket bucket : buckets) {
      if (bucket.inputs() != null) {
        for (InputRange range : bucket.inputs()) {
          merged.merge(range.topic() + "/" + range.partition(), range, Verdicts::span);
        }
      }
    }
    return merged.isEmpty() ? null : new ArrayList<>(merged.values());
  }

  private static InputRange span(InputRange one, InputRange other) {
    return new InputRange(
        one.topic(),
        one.partition(),
        Math.min(one.firstOffset(), other.firstOffset()),
        Math.max(one.lastOffset(), other.lastOffset()));
  }
}
