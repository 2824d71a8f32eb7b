// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A person's permission to go on in spite of one criterion, while it lasts.
 *
 * @param scopeKey the verdict scope it covers, empty for every scope of the criterion
 * @param expiresAtUs event time at which it is over
 * @param why null where an older gate accepted it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OverrideInForce(
    String commandId,
    String criterionId,
    String scopeKey,
    long expiresAtUs,
    String who,
    @Nullable String why) {}
