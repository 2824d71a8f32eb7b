// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/** One verdict that led to a decision. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Cause(
    String verdictId,
    String criterionId,
    @Nullable Double measured,
    @Nullable Double limit,
    String reason) {}
