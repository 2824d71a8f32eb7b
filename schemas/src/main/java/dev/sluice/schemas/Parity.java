// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * An engine against its shadow over one window: live − shadow, over intents matched by symbol,
 * side, purpose and time. A window with too few pairs is NO_DATA: it has no differences, which is
 * not 0.
 *
 * @param engineId the live engine
 * @param shadowId the engine that runs beside it on the same market and sends nothing
 * @param outcome PASS when there is enough to compare, else NO_DATA; whether the differences are
 *     too great is said by the verdicts
 * @param pairs intents of both sides that were matched
 * @param unmatchedLive intents of the live engine without one of the shadow
 * @param unmatchedShadow the reverse
 * @param fillRatioDelta share of the pairs that were filled at all
 * @param slippageDeltaBps of the pairs' fills, weighted by notional
 * @param rejectRatioDelta share of the pairs that were rejected
 * @param realisedPnlDelta quote currency, over the window
 * @param drifts every cause with what was measured of it, in the order of {@link ParityCause}
 * @param cause the first of them that exceeds its limit, null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Parity(
    String schema,
    String engineId,
    String shadowId,
    long startUs,
    long widthMs,
    Source source,
    VerdictOutcome outcome,
    long pairs,
    long unmatchedLive,
    long unmatchedShadow,
    @Nullable Double fillRatioDelta,
    @Nullable Double slippageDeltaBps,
    @Nullable Double rejectRatioDelta,
    @Nullable Double realisedPnlDelta,
    List<ParityDrift> drifts,
    @Nullable ParityCause cause,
    String reason) {
  public static final String SCHEMA = "parity.v1";
}
