// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How much one cause differs between an engine and its shadow.
 *
 * @param measured live − shadow, null when it cannot be told
 * @param limit above this it counts as a cause
 * @param samples pairs behind it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ParityDrift(
    ParityCause cause, @Nullable Double measured, double limit, String unit, long samples) {}
