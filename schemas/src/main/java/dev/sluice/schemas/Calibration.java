// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One interval of one symbol and arm, as a model is fitted on it: targets, features, and how much
 * they rest on. A value whose denominator is empty is null, never 0. Events that came after the
 * interval was closed make a further version of the same (engine, symbol, arm, start); the highest
 * version is the one that counts.
 *
 * @param arm trial arm; null outside a trial, and for the warm-up of slots
 * @param version 1, 2, 3 …
 * @param source the weakest provenance in it
 * @param amendedAtUs null in a row said when the interval ended; else the start of the bucket that
 *     was next to close when the late events came
 * @param lateEvents events in it that came after their bucket was closed
 * @param buckets buckets an interval has
 * @param coveredBuckets those of them in which this symbol and arm had a tick
 * @param coverageRatio coveredBuckets / buckets
 * @param netBps capture + markout after 5 s − fee
 * @param cacheAgeMs mean age of the market data used
 * @param volatilityBps √(Σ r² / Σ Δt): of the mid, basis points per square root of a second
 * @param spreadBps mean of (ask − bid)/mid·10⁴
 * @param depthQuote mean of what stands at the two best prices, quote currency per side
 * @param tradeIntensityQuotePerS what traded in the market, quote currency per second covered
 * @param inventoryQuote mean of position·mid, signed
 * @param absoluteInventoryQuote mean of |position·mid|
 * @param queueEtaMs mean expected time until the engine's quotes fill
 * @param filters why the interval should be left out; empty for a sane one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Calibration(
    String schema,
    String engineId,
    String symbol,
    @Nullable Arm arm,
    long startUs,
    long widthMs,
    long version,
    Source source,
    @Nullable Long amendedAtUs,
    // samples
    long lateEvents,
    long buckets,
    long coveredBuckets,
    double coverageRatio,
    long ticks,
    long fills,
    long takerFills,
    long notionalE6,
    long ordersIntended,
    long filledIntents,
    // targets
    @Nullable Double netBps,
    @Nullable Double captureBps,
    @Nullable Double markout1sBps,
    @Nullable Double markout5sBps,
    @Nullable Double markout30sBps,
    @Nullable Double markout60sBps,
    @Nullable Double slippageBps,
    @Nullable Double feeBps,
    @Nullable Double fillRatio,
    @Nullable Double takerShare,
    // features
    @Nullable StagePercentiles total,
    @Nullable StagePercentiles fetchMd,
    @Nullable StagePercentiles spread,
    @Nullable StagePercentiles guards,
    @Nullable StagePercentiles inventory,
    @Nullable StagePercentiles queueAware,
    @Nullable StagePercentiles emit,
    @Nullable Double cacheHitRatio,
    @Nullable Double cacheAgeMs,
    @Nullable Double staleServedRatio,
    @Nullable Double deadlineMissRatio,
    @Nullable Double volatilityBps,
    @Nullable Double spreadBps,
    @Nullable Double depthQuote,
    @Nullable Double tradeIntensityQuotePerS,
    @Nullable Double inventoryQuote,
    @Nullable Double absoluteInventoryQuote,
    @Nullable Double queueEtaMs,
    List<CalibrationFilter> filters) {
  public static final String SCHEMA = "calibration.v1";
}
