// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.metric.Metric;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.SlotAssignment;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A trial: which slots are treated, with what, and what it must show. Written by {@link TrialYaml}.
 *
 * @param slotMs length of a switchback slot
 * @param warmupMs its first part, which counts in no arm
 * @param stages shares of slots that are treated, ascending
 * @param armB settings of the engine that arm B has instead, as text; empty where both are alike
 * @param planHash identity of the text of the file
 */
public record TrialPlan(
    String id,
    String description,
    Kind kind,
    String salt,
    long slotMs,
    long warmupMs,
    List<Double> stages,
    Map<String, String> armB,
    Acceptance acceptance,
    String planHash)
    implements Serializable {

  /** What the arms are. */
  public enum Kind {
    /** B has other settings than A. */
    AB,
    /** Both arms are alike: shows that the measurement sees no difference where there is none. */
    AA
  }

  /** Names of the stages in order, as in {@link RolloutState}. */
  public List<String> stageNames() {
    return stages.stream().map(RolloutState::stageOf).toList();
  }

  /** Length of a block of this share, milliseconds. */
  public long blockMs(double share) {
    return SlotAssignment.blockSlots(share) * slotMs;
  }

  /** True for a metric with a role in this trial. */
  public boolean watches(Metric metric) {
    return acceptance.guardrails().containsKey(metric)
        || acceptance.signals().contains(metric)
        || (acceptance.goal() != null && acceptance.goal().metric() == metric);
  }
}
