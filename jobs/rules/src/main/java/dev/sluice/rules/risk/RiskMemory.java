// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import dev.sluice.rules.judge.CriterionMemory;
import dev.sluice.rules.judge.CriterionState;
import java.util.Map;
import java.util.TreeMap;

/** The guards of one engine. */
final class RiskMemory implements CriterionMemory {
  private final Map<String, CriterionState> states = new TreeMap<>();

  @Override
  public CriterionState criterion(String key) {
    return states.get(key);
  }

  @Override
  public void putCriterion(String key, CriterionState state) {
    states.put(key, state);
  }

  Map<String, CriterionState> states() {
    return states;
  }
}
