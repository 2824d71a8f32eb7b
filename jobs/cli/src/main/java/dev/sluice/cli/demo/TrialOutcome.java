// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.trial.TrialHistory;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.rules.trial.TrialPlan;
import dev.sluice.schemas.Delta;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a scenario's trial.
 *
 * @param unexpected changes of stage that nobody expected
 * @param decided the word on each running stage at its end: when the next was decided, or the last
 * @param checks of the raw events
 */
record TrialOutcome(
    String trialId,
    List<RolloutResult> rollouts,
    List<String> unexpected,
    List<TrialStatus> decided,
    List<Check> checks) {
  boolean ok() {
    return unexpected.isEmpty()
        && rollouts.stream().allMatch(RolloutResult::ok)
        && checks.stream().allMatch(Check::ok);
  }

  /** Reckons up. */
  static TrialOutcome of(
      Scenario scenario,
      TrialPlan plan,
      RolloutReckoning.Result rollouts,
      TrialHistory history,
      Datasets datasets) {
    List<TrialStatus> words =
        history.words(new TrialHistory.Key(scenario.engine(), scenario.trial()));
    List<TrialStatus> decided = decided(words, rollouts.changes());
    ArmCheck arms = new ArmCheck(datasets, scenario.engine(), plan, rollouts.changes());
    List<Check> checks = new ArrayList<>();
    checks.add(spoken(words, rollouts.changes()));
    scenario.holds().forEach(fragment -> checks.add(holds(fragment, words)));
    if (plan.kind() == TrialPlan.Kind.AA) {
      checks.add(quiet(words));
    }
    checks.add(arms.assignment());
    checks.addAll(arms.afterRollbacks());
    checks.addAll(new GoalCheck(datasets, plan).of(decided));
    return new TrialOutcome(
        scenario.trial(), rollouts.rows(), rollouts.unexpected(), decided, checks);
  }

  /** A trial that runs is spoken of. */
  private static Check spoken(List<TrialStatus> words, List<RolloutReckoning.Stage> changes) {
    boolean ran = changes.stream().anyMatch(stage -> stage.control().rollout().running());
    return new Check(
        "the judge speaks of the trial",
        words.size() + " words",
        ran && words.isEmpty() ? "it ran, and nothing was said of it" : null);
  }

  /** Not at the end alone: at every look. */
  private static Check quiet(List<TrialStatus> words) {
    List<String> loud =
        words.stream()
            .flatMap(word -> word.deltas().stream())
            .filter(delta -> delta.outcome() == VerdictOutcome.BREACH)
            .map(Delta::reason)
            .toList();
    return new Check(
        "no word says that arms alike differ",
        words.size() + " words, " + loud.size() + " differences",
        loud.isEmpty() ? null : loud.get(0));
  }

  private static Check holds(String fragment, List<TrialStatus> words) {
    String reason = words.isEmpty() ? "" : words.get(words.size() - 1).reason();
    return new Check(
        "the last word says '" + fragment + "'",
        reason,
        reason.contains(fragment) ? null : "it does not");
  }

  private static List<TrialStatus> decided(
      List<TrialStatus> words, List<RolloutReckoning.Stage> changes) {
    List<TrialStatus> decided = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      RolloutReckoning.Stage stage = changes.get(i);
      long untilUs =
          i + 1 < changes.size() ? changes.get(i + 1).control().eventTimeUs() : Long.MAX_VALUE;
      if (stage.control().rollout().running() && stage.inForceUs() != null) {
        words.stream()
            .filter(word -> word.stage().equals(stage.control().rollout().stage()))
            .filter(word -> word.stageSinceUs() == stage.inForceUs())
            .filter(word -> word.eventTimeUs() <= untilUs)
            .reduce((earlier, later) -> later)
            .ifPresent(decided::add);
      }
    }
    return decided;
  }
}
