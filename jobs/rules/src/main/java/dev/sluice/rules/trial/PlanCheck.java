// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.schemas.TrialState;
import dev.sluice.schemas.text.Suggestion;
import java.util.Map;

/** Whether the trial an engine runs is the one the judge knows. */
final class PlanCheck {
  private PlanCheck() {}

  /** Why this stage cannot be judged, as a sentence; null when it can. */
  static String problem(TrialState trial, Map<String, TrialPlan> plans) {
    TrialPlan plan = plans.get(trial.trialId());
    if (plan == null) {
      return "trial `"
          + trial.trialId()
          + "` is not configured at the judge"
          + Suggestion.of(trial.trialId(), plans.keySet());
    }
    String differs =
        first(
            differs("salt", trial.salt(), plan.salt()),
            differs("slot_ms", trial.slotMs(), plan.slotMs()),
            differs("warmup_ms", trial.warmupMs(), plan.warmupMs()));
    if (differs != null) {
      return "the engine runs `" + trial.trialId() + "` with another " + differs;
    }
    String armB = otherArmB(trial, plan);
    if (armB != null) {
      return armB;
    }
    return plan.stages().contains(trial.treatmentShare())
        ? null
        : "a share of "
            + trial.treatmentShare()
            + " is no stage of `"
            + plan.id()
            + "`, which has "
            + plan.stages();
  }

  /** An engine that does not say what its arm B is can be judged by the rest. */
  private static String otherArmB(TrialState trial, TrialPlan plan) {
    return trial.armB() == null || trial.armB().equals(TrialState.armBHash(plan.armB()))
        ? null
        : "arm B of the engine has other settings than the plan `" + plan.id() + "` of the judge";
  }

  private static String differs(String key, Object engine, Object judge) {
    return engine.equals(judge) ? null : key + ": " + engine + ", and the judge " + judge;
  }

  private static String first(String... problems) {
    for (String problem : problems) {
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }
}
