// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.criteria.live;

import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.CriterionAck;
import dev.sluice.schemas.CriterionAckStatus;
import dev.sluice.schemas.LiveCriterion;
import dev.sluice.schemas.LiveMode;
import dev.sluice.schemas.Nullable;
import java.util.List;

/**
 * Where one criterion stands that was ever changed.
 *
 * @param version newest change, 0 where none could be judged by
 * @param mode what that change made of its text
 * @param inForceVersion change whose text is in force; 0 for the file's
 * @param fileHash hash of what the file says, null when no file has it
 * @param inForceHash hash that its verdicts carry, null when nothing is in force
 * @param stagedHash hash that the verdicts of its staged form carry, null when none is staged
 * @param confirmed subtasks that judge by the newest change
 * @param parallelism subtasks there are; 0 when none has ever answered
 * @param subtasks the newest word of each
 */
public record LiveStanding(
    String criterionId,
    long version,
    @Nullable LiveMode mode,
    long inForceVersion,
    @Nullable String fileHash,
    @Nullable String inForceHash,
    @Nullable String stagedHash,
    @Nullable String who,
    @Nullable String why,
    int confirmed,
    int parallelism,
    List<CriterionAck> subtasks) {

  static LiveStanding of(String criterionId, CriterionSpec file, LiveView view) {
    LiveCriterion record = view.criteria().record(criterionId);
    CriterionSpec inForce = view.criteria().inForce(criterionId);
    CriterionSpec staged = view.criteria().staged(criterionId);
    List<CriterionAck> acks = view.acks(criterionId);
    long version = record == null ? 0 : record.version();
    long confirmed =
        acks.stream()
            .filter(ack -> ack.version() == version && ack.status() == CriterionAckStatus.APPLIED)
            .count();
    return new LiveStanding(
        criterionId,
        version,
        record == null ? null : record.mode(),
        view.criteria().inForceVersion(criterionId),
        file == null ? null : file.criteriaHash(),
        inForce == null ? null : inForce.criteriaHash(),
        staged == null ? null : staged.criteriaHash(),
        record == null ? null : record.who(),
        record == null ? null : record.why(),
        (int) confirmed,
        view.parallelism(criterionId),
        acks);
  }

  /** True when every subtask judges by the newest change. */
  public boolean everywhere() {
    return parallelism > 0 && confirmed == parallelism;
  }
}
