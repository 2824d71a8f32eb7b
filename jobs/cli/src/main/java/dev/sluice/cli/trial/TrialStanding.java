// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.schemas.Delta;
import dev.sluice.schemas.DeltaRole;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.TrialState;
import dev.sluice.schemas.TrialStatus;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one engine's trial from the outside.
 *
 * @param told the stage the gate demands, null before its first word
 * @param inForce what the engine said in its last heartbeat, null when it knows no trial
 * @param status the judge's last word, null when it has said nothing of the trial
 * @param held one line per verdict that stands and holds a promotion
 * @param decisions changes of the stage, the oldest first, as far as the topic still has them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrialStanding(
    String engineId,
    @Nullable RolloutState told,
    @Nullable TrialState inForce,
    @Nullable TrialStatus status,
    List<String> held,
    List<StageChange> decisions) {

  /** The trial concerned, null when there is none. */
  String trialId() {
    if (told != null && told.trialId() != null) {
      return told.trialId();
    }
    if (inForce != null) {
      return inForce.trialId();
    }
    return status == null ? null : status.trialId();
  }

  /** The difference that the trial is run for. */
  Optional<Delta> goal() {
    return status == null
        ? Optional.empty()
        : status.deltas().stream().filter(delta -> delta.role() == DeltaRole.GOAL).findFirst();
  }
}
