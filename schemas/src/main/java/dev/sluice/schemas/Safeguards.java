// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What the engine's own order safeguards have dealt with since its start.
 *
 * @param duplicateReports reports of the venue taken for what they were: said before
 * @param quarantinedReports reports that the table of order states forbids, kept out of the books
 * @param lateFills fills booked after their order had ended
 * @param hedgeEscalations hedges given up after their last level, with a residual
 * @param clockSkewMs venue's clock − engine's, after the minimum-delay filter; null while unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Safeguards(
    long duplicateReports,
    long quarantinedReports,
    long lateFills,
    long hedgeEscalations,
    @Nullable Double clockSkewMs) {}
