// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the gate must know to move a trial.
 *
 * @param trials the trials that may be started, and the shares of their stages, ascending
 * @param safety criteria that must have been judged in a stage before it may be left upwards
 * @param mandatory words that must be there and fresh before any promotion
 */
public record RolloutPolicy(
    Map<String, List<Double>> trials, List<String> safety, List<MandatoryWord> mandatory)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No trial may be started. */
  public static final RolloutPolicy NONE = new RolloutPolicy(Map.of(), List.of(), List.of());

  public RolloutPolicy {
    trials = new TreeMap<>(trials);
    trials.replaceAll((id, stages) -> List.copyOf(stages)); // a part of a list cannot be sent
    safety = List.copyOf(safety);
    mandatory = List.copyOf(mandatory);
  }

  /**
   * A criterion without whose word nothing is promoted: what was never said is no health.
   *
   * @param maxAgeMs how much older than the acceptance its newest word may be, event time
   */
  public record MandatoryWord(String engineId, String criterionId, String scopeKey, long maxAgeMs)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
