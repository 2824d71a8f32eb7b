// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

/**
 * A person's permission to go on in spite of one criterion.
 *
 * @param scopeKey the verdict scope it covers, empty for every scope of the criterion
 * @param expiresAtUs event time; at this watermark it is gone
 */
public record ActiveOverride(
    String commandId, String criterionId, String scopeKey, long expiresAtUs, String who) {
  boolean covers(Track track) {
    return criterionId.equals(track.criterionId())
        && (scopeKey.isEmpty() || scopeKey.equals(track.scopeKey()));
  }
}
