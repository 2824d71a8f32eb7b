// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.fault;

import static dev.sluice.engine.fault.Scenario.check;

import dev.sluice.engine.fault.Scenario.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the parts of a scenario must be to each other; each throws with the part that is wrong. */
final class ScenarioChecks {
  private ScenarioChecks() {}

  static void rollouts(List<ExpectedRollout> rollouts, List<Fault> faults) {
    for (ExpectedRollout rollout : rollouts) {
      String from = rollout.fromFault();
      check(
          from == null || faults.stream().anyMatch(fault -> fault.id().equals(from)),
          "rollouts: there is no fault '" + from + "'");
    }
  }

  static void faults(List<Fault> faults, long durationMs) {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      check(ids.add(fault.id()), "fault id '" + fault.id() + "' is used twice");
      check(fault.endMs() <= durationMs, fault.id() + " ends after the scenario");
      for (Fault other : faults.subList(0, i)) {
        boolean overlap = fault.atMs() < other.endMs() && other.atMs() < fault.endMs();
        check(
            fault.kind() != other.kind() || !overlap,
            other.id() + " and " + fault.id() + " overlap and are of the same kind");
      }
    }
  }
}
