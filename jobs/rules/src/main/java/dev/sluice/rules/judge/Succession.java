// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import dev.sluice.rules.guard.Guard;
import dev.sluice.rules.guard.GuardState;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of an engine's states when other criteria judge it than before: once for each engine
 * and change. The rules:
 *
 * <ul>
 *   <li><b>Same text</b>: nothing.
 *   <li><b>Another text that measures the same</b> ({@link CriterionSpec#measurement()}): phase,
 *       hold and episode go on under the new limits. What was asked for stays asked for until the
 *       guard moves.
 *   <li><b>Another text that measures something else</b>: the old one is ended, the new one knows
 *       nothing yet. Its window finds the buckets that are there; it is NO_DATA with fewer than its
 *       {@code min_samples}, as after a start.
 *   <li><b>A staged text that came into force</b>: goes on with the state it had in shadow, so that
 *       a breach that stands acts at the next evaluation.
 *   <li><b>A criterion that is gone</b>: is ended.
 * </ul>
 *
 * <p>Ended means a last verdict, CLEAR, as of its newest evaluation. The gate leaves REDUCE_ONLY or
 * PAUSE by it; HALT, FLATTEN and what was latched it keeps until a person says RESUME, which then
 * nothing refuses. Whatever goes on is said at its next evaluation, changed or not.
 */
final class Succession {
  private final Evaluation evaluation;
  private final String engineId;
  private final Source source;
  private final JudgeMemory memory;
  private final List<Verdict> verdicts = new ArrayList<>();

  private Succession(Evaluation evaluation, String engineId, Source source, JudgeMemory memory) {
    this.evaluation = evaluation;
    this.engineId = engineId;
    this.source = source;
    this.memory = memory;
  }

  /** Puts the states in order for these criteria; returns the last words of what ended. */
  static List<Verdict> of(
      Evaluation evaluation, String engineId, Source source, JudgeMemory memory) {
    Succession succession = new Succession(evaluation, engineId, source, memory);
    List<String> keys = memory.criterionKeys().stream().sorted().toList();
    keys.forEach(succession::promote);
    keys.forEach(succession::goOn);
    return succession.verdicts;
  }

  private void promote(String key) {
    String id = id(key);
    if (!id.endsWith(CriterionSpec.STAGED_SUFFIX) || evaluation.criterion(id) != null) {
      return;
    }
    String promotedId = id.substring(0, id.length() - CriterionSpec.STAGED_SUFFIX.length());
    Evaluation.Judged promoted = evaluation.criterion(promotedId);
    if (promoted == null) {
      return;
    }
    CriterionState staged = memory.criterion(key);
    CriterionState before = memory.criterion(promoted.key(scopeKey(key)));
    boolean sameText = staged.textId() == Sha256.leading(promoted.spec().staged().criteriaHash());
    boolean newlyInForce = before == null || before.textId() != promoted.textId();
    if (sameText && newlyInForce) {
      memory.putCriterion(promoted.key(scopeKey(key)), promoted.state(staged.guard(), 0));
    }
  }

  private void goOn(String key) {
    CriterionState before = memory.criterion(key);
    Evaluation.Judged judged = evaluation.criterion(id(key));
    if (judged == null) {
      end(key, before, "withdrawn: no criterion of this id is in force any more");
    } else if (before.textId() == 0) {
      memory.putCriterion(key, judged.state(before.guard(), before.emittedUs()));
    } else if (before.textId() != judged.textId()) {
      if (before.measurementId() == judged.measurementId()) {
        memory.putCriterion(key, judged.state(before.guard(), 0));
      } else {
        end(key, before, "replaced by a text that measures something else; judged anew");
      }
    }
  }

  private void end(String key, CriterionState before, String why) {
    GuardState ended = Guard.end(before.guard(), before.guard().lastUs()).state();
    memory.removeCriterion(key);
    verdicts.add(
        Verdicts.ended(id(key), scopeKey(key), engineId, source, ended, evaluation.setHash(), why));
  }

  private static String id(String key) {
    int scope = key.indexOf('|');
    return scope < 0 ? key : key.substring(0, scope);
  }

  private static String scopeKey(String key) {
    int scope = key.indexOf('|');
    return scope < 0 ? "" : key.substring(scope + 1);
  }
}
