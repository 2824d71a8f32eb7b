// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.criteria.live;

import dev.sluice.schemas.CriterionAck;
import dev.sluice.schemas.LiveMode;
import dev.sluice.schemas.Nullable;
import java.util.List;

/**
 * What became of a change.
 *
 * @param criteriaHash hash of its text in force; null when it took one back
 * @param parallelism subtasks there are; 0 when none has answered
 * @param missing subtasks that have not answered
 * @param latencyMs from the broker's append of the change to that of the last answer; -1 unless all
 *     have answered
 * @param reason of the first that refused it, else of the first that answered; empty without any
 * @param warnings what the criterion allows and is hardly meant
 */
public record LiveOutcome(
    Result result,
    String criterionId,
    long version,
    LiveMode mode,
    @Nullable String criteriaHash,
    int parallelism,
    List<Integer> missing,
    long latencyMs,
    String reason,
    List<CriterionAck> subtasks,
    List<String> warnings) {
  /** Closed list. */
  public enum Result {
    /** Every subtask judges by it. */
    APPLIED,
    /** A subtask refused it: what was in force before stays. */
    REJECTED,
    /** Not every subtask has answered in time. */
    INCOMPLETE,
    /** No subtask has answered in time. */
    UNHEARD
  }
}
