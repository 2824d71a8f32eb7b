// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.judge.CriterionState;
import dev.sluice.rules.judge.InstantJudge;
import dev.sluice.rules.judge.Subject;
import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.Limit;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * The safety of a trial, judged at the end of each block. A hold measures evidence: a block in
 * breach is evidence for its whole length, so its breach began with its first microsecond and the
 * hold runs from there. With blocks of two minutes or of ten a breach that begins with a block
 * trips a hold of ten minutes ten minutes later, and never before.
 *
 * <p>A guard that trips asks for the way back to A. Where A is itself beyond a limit that is
 * enforced, by as many samples as the criterion asks of B, or where nothing is heard of A in its
 * own slots, there is no good way back and the verdict asks for HALT as long as the guard acts.
 */
final class SafetyJudge {
  private final InstantJudge judge;

  SafetyJudge(InstantJudge judge) {
    this.judge = judge;
  }

  /**
   * Judges the block that has closed last.
   *
   * @param blocks those kept, oldest first; the last is the one
   * @param at of its end
   * @param slippage lower bound of how much worse the slippage of B is
   */
  List<Verdict> block(
      StageState stage,
      List<SafetyBlock> blocks,
      Subject at,
      Measurement slippage,
      TrialMemory memory) {
    SafetyBlock newest = blocks.get(blocks.size() - 1);
    List<Verdict> verdicts = new ArrayList<>();
    for (CriterionSpec spec : judge.criteria()) {
      if (!applies(spec, stage)) {
        continue;
      }
      Measurement measured = slippage;
      long untilUs = lastComparable(blocks);
      if (spec.metric() != Metric.DELTA_SLIPPAGE_LOWER_BPS) {
        SafetyWindow window =
            SafetyWindow.of(spec.metric(), blocks, newest.endUs, spec.minSamples());
        measured = window.measure(spec.metric());
        untilUs = window.violatedUntilUs(spec.metric(), spec.breach());
      }
      boolean itself = untilUs == newest.endUs;
      boolean acted = acts(spec, at, memory);
      List<Verdict> said =
          judge.judgeSpan(
              spec,
              at,
              itself ? newest.startUs + 1 : 0,
              measured,
              untilUs + 1, // as long as the block, which began a microsecond late
              memory);
      weighTheWayBack(spec, stage, acted, acts(spec, at, memory), blocks);
      said.forEach(verdict -> verdicts.add(halting(verdict, stage)));
    }
    return verdicts;
  }

  /** Judges that nothing can be told. */
  List<Verdict> nothing(StageState stage, Subject at, TrialMemory memory) {
    return judge.judge(at, metric -> Measurement.NONE, memory).stream()
        .map(verdict -> halting(verdict, stage))
        .toList();
  }

  /** Half sentences about criteria that are in force and do not pass. */
  List<String> reasons(StageState stage, String scopeKey, TrialMemory memory) {
    List<String> reasons = new ArrayList<>();
    int enforced = 0;
    for (CriterionSpec spec : judge.criteria()) {
      if (spec.mode() != Enforcement.ENFORCE || !applies(spec, stage)) {
        continue;
      }
      enforced++;
      CriterionState known = memory.criterion(spec.id() + "|" + scopeKey);
      if (known == null) {
        reasons.add(spec.id() + " has not been judged yet");
      } else if (known.guard().outcome() != VerdictOutcome.PASS
          || known.guard().phase() != Phase.CLEAR) {
        reasons.add(
            spec.id() + " says " + known.guard().outcome() + " (" + known.guard().phase() + ")");
      }
    }
    if (enforced == 0) {
      reasons.add("no criterion of its safety is enforced");
    }
    return reasons;
  }

  /** True while a guard that asks for HALT is in breach: RESUME would be into the breach. */
  boolean refusesResume(StageState stage, String scopeKey, TrialMemory memory) {
    for (String id : stage.halting.keySet()) {
      CriterionState known = memory.criterion(id + "|" + scopeKey);
      if (known != null
          && known.guard().acting()
          && known.guard().outcome() == VerdictOutcome.BREACH) {
        return true;
      }
    }
    return false;
  }

  /** Where every slot is B there is nothing to compare with. */
  private static boolean applies(CriterionSpec spec, StageState stage) {
    boolean compares =
        spec.metric() == Metric.DELTA_SLIPPAGE_LOWER_BPS
            || spec.metric() == Metric.TICK_TOTAL_P95_REGRESSION_RATIO;
    return !compares || stage.trial.treatmentShare() < 1;
  }

  /** End of the newest block with fills in both arms, 0 for none: a silent block shows nothing. */
  private static long lastComparable(List<SafetyBlock> blocks) {
    for (int i = blocks.size() - 1; i >= 0; i--) {
      if (blocks.get(i).a.fills > 0 && blocks.get(i).b.fills > 0) {
        return blocks.get(i).endUs;
      }
    }
    return 0;
  }

  private static boolean acts(CriterionSpec spec, Subject at, TrialMemory memory) {
    CriterionState known = memory.criterion(spec.id() + "|" + at.scopeKey());
    return known != null && known.guard().acting() && known.guard().action() == Action.ROLLBACK;
  }

  private void weighTheWayBack(
      CriterionSpec spec, StageState stage, boolean acted, boolean acts, List<SafetyBlock> blocks) {
    if (!acts) {
      stage.halting.remove(spec.id());
    } else if (!acted) {
      String ill = illnessOfA(stage, blocks);
      if (ill != null) {
        stage.halting.put(spec.id(), ill);
      }
    }
  }

  private String illnessOfA(StageState stage, List<SafetyBlock> blocks) {
    if (stage.trial.treatmentShare() >= 1) {
      return null; // there is no A to look at
    }
    long endUs = blocks.get(blocks.size() - 1).endUs;
    if (SafetyWindow.of(Metric.DEADLINE_MISS_RATIO_B, blocks, endUs, 1)
        .missesA(stage.trial, stage.symbols)) {
      return "arm A has no ticks";
    }
    for (CriterionSpec spec : judge.criteria()) {
      Measurement ofA =
          SafetyWindow.lookingAtA(spec.metric(), blocks, endUs, spec.minSamples())
              .ofA(spec.metric());
      boolean told = ofA.present() && ofA.samples() >= spec.minSamples();
      if (spec.mode() == Enforcement.ENFORCE && told && spec.breach().holds(ofA.value())) {
        return "arm A breaks the limit of "
            + spec.id()
            + " too, with "
            + Limit.number(Math.round(ofA.value() * 1e4) / 1e4);
      }
    }
    return null;
  }

  /** The same word, asking for HALT where there is no good way back. */
  static Verdict halting(Verdict said, StageState stage) {
    String why = stage.halting.get(said.criterionId());
    if (why == null || said.action() != Action.ROLLBACK) {
      return said;
    }
    return said.asking(
        Action.HALT, said.evidence().reason() + "; there is no good way back: " + why);
  }
}
