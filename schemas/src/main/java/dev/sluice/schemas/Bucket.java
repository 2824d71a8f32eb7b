// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A small mergeable summary of everything seen for one key in {@code [startUs, startUs + width)}.
 * For each engine on the roster and each start there is one bucket of the whole engine (arm and
 * symbol null), published last: it closes that start, also when nothing was seen (silence is data).
 * Histograms are HdrHistogram V2 encodings of microseconds; null when empty.
 *
 * @param source the weakest provenance seen
 * @param runId the last run seen, null when empty
 * @param firstEventUs first and last event time of the engine's own events, 0 when empty
 * @param events engine events counted in (ticks, orders, fills, health)
 * @param seqGaps sequence numbers that never came, counted where the stream resumed
 * @param lastEventEverUs event time of the last event of this engine in this bucket or any before,
 *     0 when it never spoke; event age is derived from it
 * @param closedIngestUs Kafka append time of the record that let the bucket close, 0 by timer
 * @param takerNotionalE6 millionths of quote currency
 * @param fee x = fee/(price·qty)·10⁴, a cost is positive
 * @param filledIntents orders that ended with something filled
 * @param healthRecords heartbeats; with 0 of them every gauge below is that of the last one known,
 *     or 0 when none ever came ({@code breaker} then null)
 * @param trial of the last heartbeat known; only in the bucket of the whole engine
 * @param market what the ticks say of the market and of the inventory; null in the bucket of the
 *     whole engine and where no tick was seen
 * @param amendedAtUs null in a bucket. With it the record is an amendment: events of a start that
 *     was closed already, in a topic of its own; the value is the start of the bucket that was next
 *     to close when they came, 0 when none had closed yet. The bucket of the whole engine with that
 *     start counts them in its {@code late}; the first one of an engine those of 0 too. An
 *     amendment has no findings (gaps, duplicates, reordered, late, quarantined), no markouts, and
 *     no returns of the mid
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Bucket(
    String schema,
    String engineId,
    @Nullable Arm arm,
    @Nullable String symbol,
    long startUs,
    long widthMs,
    Source source,
    @Nullable String runId,
    // coverage
    long firstEventUs,
    long lastEventUs,
    long lastEventEverUs,
    long events,
    long seqGaps,
    long duplicates,
    long reordered,
    long late,
    long quarantined,
    long closedIngestUs,
    @Nullable List<InputRange> inputs,
    // pipeline
    long ticks,
    long deadlineMisses,
    long cacheLookups,
    long cacheHits,
    long staleServed,
    @Nullable byte[] totalUsHistogram,
    @Nullable byte[] fetchMdUsHistogram,
    @Nullable byte[] spreadUsHistogram,
    @Nullable byte[] guardsUsHistogram,
    @Nullable byte[] inventoryUsHistogram,
    @Nullable byte[] queueAwareUsHistogram,
    @Nullable byte[] emitUsHistogram,
    // execution
    long fills,
    long takerFills,
    long notionalE6,
    long takerNotionalE6,
    EdgeSum capture,
    EdgeSum slippage,
    EdgeSum fee,
    EdgeSum markout1s,
    EdgeSum markout5s,
    EdgeSum markout30s,
    EdgeSum markout60s,
    // orders
    long ordersIntended,
    long ordersSubmitted,
    long ordersAcked,
    long ordersRejected,
    long ordersFilled,
    long ordersCancelled,
    long ordersExpired,
    long ordersUnknown,
    long filledIntents,
    @Nullable byte[] orderAgeUsHistogram,
    // health
    long healthRecords,
    long lastHealthUs,
    long startedAtUs,
    long rssBytes,
    long rssBytesMax,
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
    @Nullable TrialState trial,
    // market
    @Nullable MarketSums market,
    @Nullable Long amendedAtUs) {
  public static final String SCHEMA = "bucket.v1";

  /** End of the bucket, exclusive, epoch microseconds. */
  public long endUs() {
    return startUs + widthMs * 1000;
  }

  /** True for the bucket of the whole engine, which closes its start. */
  public boolean wholeEngine() {
    return arm == null && symbol == null;
  }
}
