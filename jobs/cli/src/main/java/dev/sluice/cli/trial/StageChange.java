// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.cli.control.Because;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Nullable;

/**
 * A decision about a trial's stage.
 *
 * @param from the stage before; null when the topic no longer has the decision before
 * @param eventTimeUs event time of the decision
 * @param because who and why, or the criteria with their reasons
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageChange(
    @Nullable String from,
    String to,
    @Nullable String trialId,
    long eventTimeUs,
    long epoch,
    String decisionId,
    String because) {
  static StageChange of(Control before, Control control) {
    return new StageChange(
        before == null ? null : before.rollout().stage(),
        control.rollout().stage(),
        control.rollout().trialId(),
        control.eventTimeUs(),
        control.epoch(),
        control.decisionId(),
        Because.of(control));
  }
}
