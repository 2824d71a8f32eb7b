// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Nullable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A decision that a fault must lead to.
 *
 * @param dueUs event time; {@link #NEVER} when it was to be computed from the raw events and by
 *     them never became due
 * @param recomputedUs the same from the raw events, where the scenario gives an offset and the
 *     oracle knows the metric; else null
 */
public record Expected(
    String faultId, String criterion, Action action, long dueUs, @Nullable Long recomputedUs) {
  public static final long NEVER = Long.MAX_VALUE;

  /**
   * The expectations of a scenario.
   *
   * @param startUs event time of the run's start
   * @param fromEvents due times by {@link #key} as the raw events have them
   */
  public static List<Expected> of(Scenario scenario, long startUs, Map<String, Long> fromEvents) {
    List<Expected> all = new ArrayList<>();
    for (Scenario.Fault fault : scenario.faults()) {
      for (Scenario.Expectation expectation : fault.expect()) {
        Long recomputedUs = fromEvents.get(key(fault, expectation));
        all.add(
            expectation.fromEvents()
                ? new Expected(
                    fault.id(),
                    expectation.criterion(),
                    expectation.action(),
                    recomputedUs == null ? NEVER : recomputedUs,
                    null)
                : new Expected(
                    fault.id(),
                    expectation.criterion(),
                    expectation.action(),
                    startUs + (fault.atMs() + expectation.dueMs()) * 1000,
                    recomputedUs));
      }
    }
    return all;
  }

  /** Identity of an expectation within a scenario. */
  public static String key(Scenario.Fault fault, Scenario.Expectation expectation) {
    return fault.id() + "/" + expectation.criterion() + "/" + expectation.action();
  }

  /** Whether it became due at all. */
  public boolean due() {
    return dueUs != NEVER;
  }
}
