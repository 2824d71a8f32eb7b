// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One subtask's word on a changed criterion: once when it hears of it, and again after a restore.
 *
 * @param version the change it is about
 * @param mode what the change asked for
 * @param criteriaHash hash of the change's text; null when it took one back
 * @param subtask index of the subtask, from 0
 * @param parallelism how many subtasks judge
 * @param inForceVersion the change whose text is in force here now; 0 for what the files say
 * @param inForceHash hash that verdicts of this criterion carry now; null when nothing is in force
 * @param stagedHash hash that verdicts of its staged form carry now; null when none is staged
 * @param confirmedAtUs wall clock of the subtask
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CriterionAck(
    String schema,
    String criterionId,
    long version,
    LiveMode mode,
    @Nullable String criteriaHash,
    CriterionAckStatus status,
    String reason,
    int subtask,
    int parallelism,
    long inForceVersion,
    @Nullable String inForceHash,
    @Nullable String stagedHash,
    long confirmedAtUs) {
  public static final String SCHEMA = "criterionack.v1";

  /** Key on its topic: the newest word of a subtask on a criterion is kept. */
  public String key() {
    return criterionId + "|" + subtask;
  }
}
