// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One pass of the engine's pipeline for one symbol. Prices and sizes are doubles: they feed
 * statistics, not books. A deadline miss is {@code totalMs > deadlineMs}, derived, never sent.
 *
 * @param arm trial arm, or null outside a trial
 * @param slot switchback slot number, or null outside a trial
 * @param cacheHit whether the market-data lookup was served fresh from the cache; a stale-served
 *     read is a miss; null when the pass made no lookup (cache switched off)
 * @param cacheAgeMs age of the market data used, or null when unknown
 * @param warmup true in the first seconds of a slot, which no arm is judged by; else null
 * @param position the engine's position in the symbol at this pass, base units, signed
 * @param tradedQty what traded in the market since the symbol's pass before, base units, also when
 *     that pass's tick was lost; 0 when nothing did; null where no trade was ever seen, and at the
 *     symbol's first pass of a run
 * @param queueEtaMs expected time until the volume before the engine's resting quotes, at their
 *     prices and better ones, has traded away at the rate of trades at their side: the mean of the
 *     sides that have such a quote and a known rate; null without any, or beyond a day
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tick(
    String schema,
    String engineId,
    String runId,
    long seq,
    long eventTimeUs,
    Source source,
    String symbol,
    @Nullable Arm arm,
    @Nullable Long slot,
    double bid,
    double ask,
    double bidSize,
    double askSize,
    Stages stages,
    double totalMs,
    double deadlineMs,
    @Nullable Boolean cacheHit,
    @Nullable Double cacheAgeMs,
    boolean usedStale,
    @Nullable Boolean warmup,
    @Nullable Double position,
    @Nullable Double tradedQty,
    @Nullable Double queueEtaMs) {
  public static final String SCHEMA = "tick.v1";
}
