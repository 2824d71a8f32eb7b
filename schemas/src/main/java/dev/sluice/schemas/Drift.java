// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How far two books of one account are apart, once per bucket of event time. An evaluation without
 * two good snapshots is NO_DATA: it has no drift, which is not 0.
 *
 * @param eventTimeUs end of the bucket
 * @param asOfUs the snapshots compared, 0 for NO_DATA
 * @param outcome BREACH while a critical difference stands
 * @param driftQuote Σ over assets of |engine − venue| in quote currency; the asset of a position is
 *     valued at its newest mark
 * @param driftBps the same against equity, null when equity is not known
 * @param warnings standing differences, by severity
 * @param lateFills fills matched late so far in this run of the judge's memory
 * @param unmatched fills and orders that wait for their other side, in grace or standing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Drift(
    String schema,
    String engineId,
    String account,
    long eventTimeUs,
    long widthMs,
    Source source,
    long asOfUs,
    VerdictOutcome outcome,
    @Nullable Double driftQuote,
    @Nullable Double driftBps,
    long warnings,
    long criticals,
    long lateFills,
    long unmatched,
    String reason) {
  public static final String SCHEMA = "drift.v1";
}
