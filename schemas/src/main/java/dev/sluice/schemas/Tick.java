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
    @Nullable Boolean warmup) {
  public static final String SCHEMA = "tick.v1";

  /** A tick that is not of a warm-up. */
  public Tick(
      String schema,
      String engineId,
      String runId,
      long seq,
      long eventTimeUs,
      Source source,
      String symbol,
      Arm arm,
      Long slot,
      double bid,
      double ask,
      double bidSize,
      double askSize,
      Stages stages,
      double totalMs,
      double deadlineMs,
      Boolean cacheHit,
      Double cacheAgeMs,
      boolean usedStale) {
    this(
        schema,
        engineId,
        runId,
        seq,
        eventTimeUs,
        source,
        symbol,
        arm,
        slot,
        bid,
        ask,
        bidSize,
        askSize,
        stages,
        totalMs,
        deadlineMs,
        cacheHit,
        cacheAgeMs,
        usedStale,
        null);
  }
}
