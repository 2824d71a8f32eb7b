// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Nullable;

/**
 * What is known of an engine at one moment, for instant criteria: from a heartbeat, or from the
 * last known gauges of a closed bucket. Event times in microseconds.
 *
 * @param healthAtUs time of the heartbeat the gauges come from, 0 when none ever came
 * @param lastEventEverUs newest event of the engine, 0 when it never spoke
 */
public record Gauges(
    long asOfUs,
    long healthAtUs,
    long lastEventEverUs,
    @Nullable BreakerState breaker,
    long breakerSinceUs,
    long unfilledOrders,
    double equity,
    double dayStartEquity) {
  /** Gauges older than this are not known any more, except that OPEN persists. */
  public static final long STALE_US = 60_000_000L;

  /** As of a heartbeat. */
  public static Gauges of(Health health) {
    return new Gauges(
        health.eventTimeUs(),
        health.eventTimeUs(),
        health.eventTimeUs(),
        health.breaker(),
        health.breakerSinceUs(),
        health.unfilledOrders(),
        health.equity(),
        health.dayStartEquity());
  }

  /** As of the end of a bucket of the whole engine. */
  public static Gauges of(Bucket bucket) {
    return asOf(bucket, bucket.endUs());
  }

  /**
   * As of the last heartbeat within a bucket of the whole engine, or of its end when there was
   * none: silence is judged too, and a heartbeat is judged at its own time however it arrives.
   */
  public static Gauges atLastHealth(Bucket bucket) {
    return asOf(bucket, bucket.healthRecords() > 0 ? bucket.lastHealthUs() : bucket.endUs());
  }

  private static Gauges asOf(Bucket bucket, long asOfUs) {
    return new Gauges(
        asOfUs,
        bucket.lastHealthUs(),
        bucket.lastEventEverUs(),
        bucket.breaker(),
        bucket.breakerSinceUs(),
        bucket.unfilledOrders(),
        bucket.equity(),
        bucket.dayStartEquity());
  }

  private boolean fresh() {
    return healthAtUs > 0 && asOfUs - healthAtUs <= STALE_US;
  }

  Measurement eventAgeSeconds() {
    return lastEventEverUs == 0
        ? Measurement.NONE
        : new Measurement(Math.max(0, asOfUs - lastEventEverUs) / 1e6, 1);
  }

  Measurement breakerOpenSeconds() {
    if (breaker == BreakerState.OPEN) {
      return new Measurement(Math.max(0, asOfUs - breakerSinceUs) / 1e6, 1);
    }
    return breaker != null && fresh() ? new Measurement(0, 1) : Measurement.NONE;
  }

  Measurement unfilled() {
    return fresh() ? new Measurement(unfilledOrders, 1) : Measurement.NONE;
  }
}
