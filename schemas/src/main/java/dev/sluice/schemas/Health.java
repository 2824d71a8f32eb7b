// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * Heartbeat and counters, every 1 s to 10 s. Counters count since {@code startedAtUs}.
 *
 * @param sent last sequence numbers sent per stream, or null from engines that do not say
 * @param droppedEvents events the outbox had to drop since start
 * @param equity quote currency, as are the other amounts
 * @param leaseLeftMs time left on the lease, negative when lapsed
 * @param flags feature flags in force
 * @param safeguards what the order safeguards have dealt with, null from engines that do not say
 * @param trial the trial as it is in force at the engine, null where none was ever started
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Health(
    String schema,
    String engineId,
    String runId,
    long seq,
    long eventTimeUs,
    Source source,
    String buildId,
    String configHash,
    long startedAtUs,
    long rssBytes,
    long heapBytes,
    long gcPauseMsTotal,
    BreakerState breaker,
    long breakerSinceUs,
    long wsReconnects,
    long apiErrors,
    long staleMarks,
    long guardTriggers,
    long restarts,
    long unfilledOrders,
    long openOrders,
    double equity,
    double realisedPnl,
    double unrealisedPnl,
    double dayStartEquity,
    Mode mode,
    long controlEpoch,
    double leaseLeftMs,
    long droppedEvents,
    @Nullable SentCounts sent,
    @Nullable Map<String, Boolean> flags,
    @Nullable Safeguards safeguards,
    @Nullable TrialState trial) {
  public static final String SCHEMA = "health.v1";

  /** A heartbeat of an engine that runs no trial. */
  public Health(
      String schema,
      String engineId,
      String runId,
      long seq,
      long eventTimeUs,
      Source source,
      String buildId,
      String configHash,
      long startedAtUs,
      long rssBytes,
      long heapBytes,
      long gcPauseMsTotal,
      BreakerState breaker,
      long breakerSinceUs,
      long wsReconnects,
      long apiErrors,
      long staleMarks,
      long guardTriggers,
      long restarts,
      long unfilledOrders,
      long openOrders,
      double equity,
      double realisedPnl,
      double unrealisedPnl,
      double dayStartEquity,
      Mode mode,
      long controlEpoch,
      double leaseLeftMs,
      long droppedEvents,
      SentCounts sent,
      Map<String, Boolean> flags,
      Safeguards safeguards) {
    this(
        schema,
        engineId,
        runId,
        seq,
        eventTimeUs,
        source,
        buildId,
        configHash,
        startedAtUs,
        rssBytes,
        heapBytes,
        gcPauseMsTotal,
        breaker,
        breakerSinceUs,
        wsReconnects,
        apiErrors,
        staleMarks,
        guardTriggers,
        restarts,
        unfilledOrders,
        openOrders,
        equity,
        realisedPnl,
        unrealisedPnl,
        dayStartEquity,
        mode,
        controlEpoch,
        leaseLeftMs,
        droppedEvents,
        sent,
        flags,
        safeguards,
        null);
  }
}
