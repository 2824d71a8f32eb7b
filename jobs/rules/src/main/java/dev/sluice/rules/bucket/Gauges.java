// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.TrialState;
import java.util.Comparator;

/**
 * The gauges of one health record as they stand in a bucket. The order is total: the newest wins,
 * and among equals in time the one with the larger values, so that merging does not depend on
 * order.
 *
 * @param lastHealthUs event time of the record, 0 when none ever came
 */
public record Gauges(
    long lastHealthUs,
    long startedAtUs,
    long rssBytes,
    @Nullable BreakerState breaker,
    long breakerSinceUs,
    long wsReconnects,
    long apiErrors,
    long staleMarks,
    long guardTriggers,
    long restarts,
    long unfilledOrders,
    double equity,
    double realisedPnl,
    double unrealisedPnl,
    double dayStartEquity,
    @Nullable Mode mode,
    long controlEpoch,
    long droppedEvents,
    @Nullable TrialState trial)
    implements Comparable<Gauges> {
  public static final Gauges NONE =
      new Gauges(0, 0, 0, null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, 0, 0, null);

  private static final Comparator<TrialState> TRIAL_ORDER =
      Comparator.comparingLong(TrialState::sinceUs)
          .thenComparingDouble(TrialState::treatmentShare)
          .thenComparing(TrialState::trialId)
          .thenComparing(TrialState::stage)
          .thenComparing(TrialState::salt)
          .thenComparingLong(TrialState::slotMs)
          .thenComparingLong(TrialState::warmupMs);

  private static final Comparator<Gauges> ORDER =
      Comparator.comparingLong(Gauges::lastHealthUs)
          .thenComparingLong(Gauges::startedAtUs)
          .thenComparingLong(Gauges::controlEpoch)
          .thenComparingLong(Gauges::breakerSinceUs)
          .thenComparing(Gauges::breaker, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Gauges::mode, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingLong(Gauges::rssBytes)
          .thenComparingLong(Gauges::wsReconnects)
          .thenComparingLong(Gauges::apiErrors)
          .thenComparingLong(Gauges::staleMarks)
          .thenComparingLong(Gauges::guardTriggers)
          .thenComparingLong(Gauges::restarts)
          .thenComparingLong(Gauges::unfilledOrders)
          .thenComparingLong(Gauges::droppedEvents)
          .thenComparingDouble(Gauges::equity)
          .thenComparingDouble(Gauges::realisedPnl)
          .thenComparingDouble(Gauges::unrealisedPnl)
          .thenComparingDouble(Gauges::dayStartEquity)
          .thenComparing(Gauges::trial, Comparator.nullsFirst(TRIAL_ORDER));

  /** The gauges of a heartbeat. */
  public static Gauges of(Health health) {
    return new Gauges(
        health.eventTimeUs(),
        health.startedAtUs(),
        health.rssBytes(),
        health.breaker(),
        health.breakerSinceUs(),
        health.wsReconnects(),
        health.apiErrors(),
        health.staleMarks(),
        health.guardTriggers(),
        health.restarts(),
        health.unfilledOrders(),
        health.equity(),
        health.realisedPnl(),
        health.unrealisedPnl(),
        health.dayStartEquity(),
        health.mode(),
        health.controlEpoch(),
        health.droppedEvents(),
        health.trial());
  }

  /** The gauges a bucket carries. */
  public static Gauges of(Bucket bucket) {
    return new Gauges(
        bucket.lastHealthUs(),
        bucket.startedAtUs(),
        bucket.rssBytes(),
        bucket.breaker(),
        bucket.breakerSinceUs(),
        bucket.wsReconnects(),
        bucket.apiErrors(),
        bucket.staleMarks(),
        bucket.guardTriggers(),
        bucket.restarts(),
        bucket.unfilledOrders(),
        bucket.equity(),
        bucket.realisedPnl(),
        bucket.unrealisedPnl(),
        bucket.dayStartEquity(),
        bucket.mode(),
        bucket.controlEpoch(),
        bucket.droppedEvents(),
        bucket.trial());
  }

  @Override
  public int compareTo(Gauges other) {
    return ORDER.compare(this, other);
  }
}
