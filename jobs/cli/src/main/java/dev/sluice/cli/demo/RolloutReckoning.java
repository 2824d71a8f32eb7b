// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.control.Because;
import dev.sluice.engine.fault.ExpectedRollout;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.RolloutState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the changes of a trial's stage with those the scenario expects. Pure. Each must come
 * within one bucket of its due time, a person's within a minute, and be taken up by the engine; no
 * other may come, and a person's only by a command of the scenario.
 */
final class RolloutReckoning {
  /** While a person's command is on its way event time goes on, faster than the wall clock. */
  static final long COMMAND_TOLERANCE_US = 60_000_000L;

  private final Map<String, Observations.Obeyed> obeyed;
  private final List<Control> left = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();

  private RolloutReckoning(Map<String, Observations.Obeyed> obeyed) {
    this.obeyed = obeyed;
  }

  /**
   * One row per expectation; what nobody expected; and the stages as the engine had them.
   *
   * @param changes every change that was decided, in the order of epochs
   */
  record Result(List<RolloutResult> rows, List<String> unexpected, List<Stage> changes) {
    boolean ok() {
      return unexpected.isEmpty() && rows.stream().allMatch(RolloutResult::ok);
    }
  }

  /**
   * A stage that was decided.
   *
   * @param ack the engine's EFFECTIVE, null when it has not obeyed
   */
  record Stage(Control control, @Nullable Ack ack) {
    /** Event time from which it is in force; null when the engine has not said. */
    Long inForceUs() {
      return ack == null ? null : ack.rolloutFromUs();
    }
  }

  /**
   * Reckons up.
   *
   * @param startUs event time of the run's start
   * @param told control records in the order of their epochs
   * @param commandIds commands of the scenario that were sent
   */
  static Result of(
      Scenario scenario,
      long startUs,
      List<Observations.Told> told,
      Map<String, Observations.Obeyed> obeyed,
      Set<String> commandIds) {
    RolloutReckoning reckoning = new RolloutReckoning(obeyed);
    reckoning.left.addAll(changes(told));
    List<Stage> stages = reckoning.left.stream().map(reckoning::stage).toList();
    reckoning.strangers(commandIds);
    List<RolloutResult> rows = new ArrayList<>();
    scenario
        .rollouts()
        .forEach(
            expected ->
                rows.add(reckoning.row(expected, startUs + dueMs(scenario, expected) * 1000)));
    reckoning.left.forEach(control -> reckoning.unexpected.add(describe(control)));
    return new Result(rows, List.copyOf(reckoning.unexpected), stages);
  }

  /** Records that have another stage than the one before. */
  private static List<Control> changes(List<Observations.Told> told) {
    List<Control> changes = new ArrayList<>();
    RolloutState before = RolloutState.NONE;
    for (Observations.Told each : told) {
      if (!each.control().rollout().equals(before)) {
        changes.add(each.control());
      }
      before = each.control().rollout();
    }
    return changes;
  }

  /** Offset of an expectation from the scenario's start. */
  static long dueMs(Scenario scenario, ExpectedRollout expected) {
    long fromMs =
        scenario.faults().stream()
            .filter(fault -> fault.id().equals(expected.fromFault()))
            .mapToLong(Scenario.Fault::atMs)
            .findFirst()
            .orElse(0);
    return fromMs + expected.dueMs();
  }

  private void strangers(Set<String> commandIds) {
    left.removeIf(
        control -> {
          boolean stranger =
              control.command() != null && !commandIds.contains(control.command().commandId());
          if (stranger) {
            unexpected.add(describe(control));
          }
          return stranger;
        });
  }

  private RolloutResult row(ExpectedRollout expected, long dueUs) {
    Control match =
        left.stream()
            .filter(control -> control.rollout().stage().equals(expected.to()))
            .min(Comparator.comparingLong(control -> Math.abs(control.eventTimeUs() - dueUs)))
            .orElse(null);
    if (match == null) {
      return new RolloutResult(expected.to(), dueUs, null, null, null, null, "", "never decided");
    }
    left.remove(match);
    Observations.Obeyed answer = obeyed.get(match.decisionId());
    Ack ack = answer == null ? null : answer.ack();
    return new RolloutResult(
        expected.to(),
        dueUs,
        match.eventTimeUs(),
        ack == null ? null : ack.effectiveEventTimeUs(),
        ack == null ? null : ack.rolloutFromUs(),
        answer == null || match.decidedIngestUs() == 0
            ? null
            : answer.appendedMs() - match.decidedIngestUs() / 1000.0,
        Because.of(match),
        problem(match, ack, dueUs));
  }

  private static String problem(Control control, Ack ack, long dueUs) {
    long offUs = control.eventTimeUs() - dueUs;
    long lateUs = control.command() == null ? Reckoning.TOLERANCE_US : COMMAND_TOLERANCE_US;
    if (offUs < -Reckoning.TOLERANCE_US || offUs > lateUs) {
      return Math.abs(offUs) / 1_000_000 + " s of event time " + (offUs > 0 ? "late" : "early");
    }
    if (ack == null) {
      return "decided, but never EFFECTIVE";
    }
    if (!control.rollout().equals(ack.rollout())) {
      return "the engine has taken up "
          + (ack.rollout() == null ? "nothing" : ack.rollout().stage())
          + (ack.reason() == null ? "" : ": " + ack.reason());
    }
    return ack.rolloutFromUs() == null ? "the engine has not said from when it is in force" : null;
  }

  private Stage stage(Control control) {
    Observations.Obeyed answer = obeyed.get(control.decisionId());
    return new Stage(control, answer == null ? null : answer.ack());
  }

  private static String describe(Control control) {
    return "stage "
        + control.rollout().stage()
        + " at "
        + Reckoning.instant(control.eventTimeUs())
        + " (epoch "
        + control.epoch()
        + "): "
        + Because.of(control);
  }
}
