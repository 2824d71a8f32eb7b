// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.RolloutState;
import java.util.Map;

/**
 * What an engine said of its trial when it had obeyed.
 *
 * @param rollout the stage it has taken up, null where no trial was ever started
 * @param fromUs event time from which that is in force
 * @param flags feature flags of every slot that is not treated
 * @param reason why it did not take up what it was told, null when it did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InForce(
    @Nullable RolloutState rollout,
    @Nullable Long fromUs,
    @Nullable Map<String, Boolean> flags,
    @Nullable String reason) {
  static InForce of(Ack ack) {
    return new InForce(ack.rollout(), ack.rolloutFromUs(), ack.flags(), ack.reason());
  }
}
