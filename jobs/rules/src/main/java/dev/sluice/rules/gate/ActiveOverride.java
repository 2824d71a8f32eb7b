// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.OverrideInForce;

/**
 * A person's permission to go on in spite of one criterion.
 *
 * @param scopeKey the verdict scope it covers, empty for every scope of the criterion
 * @param expiresAtUs event time; at this watermark it is gone
 * @param why null in state from before it was kept
 */
public record ActiveOverride(
    String commandId,
    String criterionId,
    String scopeKey,
    long expiresAtUs,
    String who,
    @Nullable String why) {
  /** The same for whoever reads control. */
  OverrideInForce inForce() {
    return new OverrideInForce(commandId, criterionId, scopeKey, expiresAtUs, who, why);
  }

  boolean covers(Track track) {
    return criterionId.equals(track.criterionId())
        && (scopeKey.isEmpty() || scopeKey.equals(track.scopeKey()));
  }
}
