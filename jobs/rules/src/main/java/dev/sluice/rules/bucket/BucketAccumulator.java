// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.EventView;
import dev.sluice.schemas.codec.FillView;
import dev.sluice.schemas.codec.OrderView;
import dev.sluice.schemas.codec.TickView;

/**
 * One bucket under construction, or the merge of several: reusable, mutable, touched once per
 * event. Every part is a count, an exact fixed-point sum, an extreme or a set of bins, so that
 * merging is associative and commutative to identical bits and a split window equals the whole.
 * Inputs are plausible (see {@link Plausibility}). Not thread-safe.
 */
public final class BucketAccumulator {
  private Source source;
  private String runId;
  private long firstEventUs;
  private long lastEventUs;
  private long lastEventEverUs;
  private long events;
  private long seqGaps;
  private long duplicates;
  private long reordered;
  private long late;
  private long quarantined;
  private long closedIngestUs;
  private final Inputs inputs = new Inputs();
  private long ticks;
  private long deadlineMisses;
  private long cacheLookups;
  private long cacheHits;
  private long staleServed;
  private final StageBins stages = new StageBins();
  private final MarketAccumulator market = new MarketAccumulator();
  private final FillSums fills = new FillSums();
  private final OrderCounts orders = new OrderCounts();
  private long healthRecords;
  private long rssBytesMax;
  private Gauges gauges = Gauges.NONE;

  /** Counts a tick. */
  public void addTick(TickView tick) {
    addEvent(tick.source, tick.runId, tick.eventTimeUs);
    ticks++;
    if (tick.deadlineMissed()) {
      deadlineMisses++;
    }
    if (tick.cacheLookup) {
      cacheLookups++;
      if (tick.cacheHit) {
        cacheHits++;
      }
    }
    if (tick.usedStale) {
      staleServed++;
    }
    stages.add(tick);
    market.add(tick);
  }

  /** Counts one step of an order's life. */
  public void addOrder(OrderView order) {
    addEvent(order);
    orders.add(order);
  }

  /** Counts a fill, with everything but its markouts. */
  public void addFill(FillView fill) {
    addEvent(fill);
    fills.add(fill);
  }

  /** Counts a heartbeat. */
  public void addHealth(Health health) {
    addEvent(health.source(), health.runId(), health.eventTimeUs());
    healthRecords++;
    rssBytesMax = Math.max(rssBytesMax, health.rssBytes());
    keepGauges(Gauges.of(health));
  }

  /**
   * Counts a markout that came due in this bucket.
   *
   * @param horizon 0 to 3 for 1, 5, 30 and 60 s
   * @param bps s·(mid(t+h) − mid_at_fill)/mid_at_fill·10⁴
   */
  public void addMarkout(int horizon, double bps, long weightE6) {
    fills.addMarkout(horizon, bps, weightE6);
  }

  /** Adds how the mid of a bucket's one symbol moved, known when it closes. */
  public void addReturns(MidReturns returns) {
    market.add(returns);
  }

  /** Counts sequence numbers that are missing; negative when one of them came after all. */
  public void addGaps(long count) {
    seqGaps += count;
  }

  public void addDuplicate() {
    duplicates++;
  }

  public void addReordered() {
    reordered++;
  }

  public void addQuarantined() {
    quarantined++;
  }

  public void addLate(long count) {
    late += count;
  }

  /** Notes where the events came from. */
  public void addInput(String topic, int partition, long offset) {
    inputs.add(topic, partition, offset, offset);
  }

  /** Takes over the gauges of an earlier bucket; newer ones of this bucket win. */
  public void carryGauges(Gauges earlier) {
    if (healthRecords == 0) {
      keepGauges(earlier);
      rssBytesMax = Math.max(rssBytesMax, earlier.rssBytes());
    }
  }

  /** True when an event was counted here. */
  public boolean hasEvents() {
    return events > 0;
  }

  /** True when a heartbeat was counted here. */
  public boolean hasHealth() {
    return healthRecords > 0;
  }

  public Gauges gauges() {
    return gauges;
  }

  public long lastEventUs() {
    return lastEventUs;
  }

  /** Adds only the findings of a bucket that came too late to be counted: its events are late. */
  public void mergeLate(Bucket tooLate) {
    late += tooLate.events() + tooLate.late();
    seqGaps += Math.max(0, tooLate.seqGaps());
    duplicates += tooLate.duplicates();
    reordered += tooLate.reordered();
    quarantined += tooLate.quarantined();
  }

  /** Adds another bucket. */
  public void merge(Bucket other) {
    mergeEvents(other);
    seqGaps += other.seqGaps();
    duplicates += other.duplicates();
    reordered += other.reordered();
    late += other.late();
    quarantined += other.quarantined();
  }

  /** Adds another bucket but for its findings: gaps, duplicates, reordered, late, quarantined. */
  public void mergeEvents(Bucket other) {
    if (other.events() > 0) {
      keepRun(other.runId(), other.lastEventUs());
      firstEventUs =
          events == 0 ? other.firstEventUs() : Math.min(firstEventUs, other.firstEventUs());
      lastEventUs = Math.max(lastEventUs, other.lastEventUs());
      keepSource(other.source());
    }
    lastEventEverUs = Math.max(lastEventEverUs, other.lastEventEverUs());
    events += other.events();
    closedIngestUs = Math.max(closedIngestUs, other.closedIngestUs());
    inputs.addAll(other.inputs());
    ticks += other.ticks();
    deadlineMisses += other.deadlineMisses();
    cacheLookups += other.cacheLookups();
    cacheHits += other.cacheHits();
    staleServed += other.staleServed();
    stages.merge(other);
    market.merge(other.market());
    fills.merge(other);
    orders.merge(other);
    if (other.healthRecords() > 0 || other.lastHealthUs() > 0) {
      rssBytesMax = Math.max(rssBytesMax, other.rssBytesMax());
      keepGauges(Gauges.of(other));
    }
    healthRecords += other.healthRecords();
  }

  /** The bucket as a record, for the given key; this accumulator stays as it is. */
  public Bucket toBucket(String engineId, Arm arm, String symbol, long startUs, long widthMs) {
    return toBucket(
        engineId, arm, symbol, startUs, widthMs, source, lastEventEverUs, closedIngestUs);
  }

  /**
   * The bucket as an amendment of one that is closed.
   *
   * @param amendedAtUs start of the bucket that was next to close, 0 when none had closed yet
   */
  public Bucket toAmendment(
      String engineId, Arm arm, String symbol, long startUs, long widthMs, long amendedAtUs) {
    return toBucket(
        engineId,
        arm,
        symbol,
        startUs,
        widthMs,
        source,
        lastEventEverUs,
        closedIngestUs,
        amendedAtUs);
  }

  /**
   * The bucket as a record, closed.
   *
   * @param emptySource provenance to give when nothing was seen
   * @param everUs event time of the engine's last event in this bucket or before
   * @param closingIngestUs append time of the record that let it close, 0 by timer
   */
  public Bucket toBucket(
      String engineId,
      Arm arm,
      String symbol,
      long startUs,
      long widthMs,
      Source emptySource,
      long everUs,
      long closingIngestUs) {
    return toBucket(
        engineId, arm, symbol, startUs, widthMs, emptySource, everUs, closingIngestUs, null);
  }

  private Bucket toBucket(
      String engineId,
      Arm arm,
      String symbol,
      long startUs,
      long widthMs,
      Source emptySource,
      long everUs,
      long closingIngestUs,
      Long amendedAtUs) {
    BreakerState breaker = gauges.breaker();
    return new Bucket(
        Bucket.SCHEMA,
        engineId,
        arm,
        symbol,
        startUs,
        widthMs,
        source == null ? emptySource : source,
        runId,
        firstEventUs,
        lastEventUs,
        everUs,
        events,
        seqGaps,
        duplicates,
        reordered,
        late,
        quarantined,
        closingIngestUs,
        inputs.toRanges(),
        ticks,
        deadlineMisses,
        cacheLookups,
        cacheHits,
        staleServed,
        stages.totalUs.encode(),
        stages.fetchMdUs.encode(),
        stages.spreadUs.encode(),
        stages.guardsUs.encode(),
        stages.inventoryUs.encode(),
        stages.queueAwareUs.encode(),
        stages.emitUs.encode(),
        fills.count,
        fills.takerCount,
        fills.notionalE6,
        fills.takerNotionalE6,
        fills.capture.toSum(),
        fills.slippage.toSum(),
        fills.fee.toSum(),
        fills.markouts[0].toSum(),
        fills.markouts[1].toSum(),
        fills.markouts[2].toSum(),
        fills.markouts[3].toSum(),
        orders.intended,
        orders.submitted,
        orders.acked,
        orders.rejected,
        orders.filled,
        orders.cancelled,
        orders.expired,
        orders.unknown,
        orders.filledIntents,
        orders.ageUs.encode(),
        healthRecords,
        gauges.lastHealthUs(),
        gauges.startedAtUs(),
        gauges.rssBytes(),
        rssBytesMax,
        breaker,
        gauges.breakerSinceUs(),
        gauges.wsReconnects(),
        gauges.apiErrors(),
        gauges.staleMarks(),
        gauges.guardTriggers(),
        gauges.restarts(),
        gauges.unfilledOrders(),
        gauges.equity(),
        gauges.realisedPnl(),
        gauges.unrealisedPnl(),
        gauges.dayStartEquity(),
        gauges.mode(),
        gauges.controlEpoch(),
        gauges.droppedEvents(),
        gauges.trial(),
        symbol == null ? null : market.toSums(),
        amendedAtUs);
  }

  /** True when nothing at all was counted. */
  public boolean isEmpty() {
    return events == 0
        && seqGaps == 0
        && duplicates == 0
        && reordered == 0
        && late == 0
        && quarantined == 0;
  }

  /** Forgets everything, for the next use. */
  public void clear() {
    source = null;
    runId = null;
    firstEventUs = 0;
    lastEventUs = 0;
    lastEventEverUs = 0;
    events = 0;
    seqGaps = 0;
    duplicates = 0;
    reordered = 0;
    late = 0;
    quarantined = 0;
    closedIngestUs = 0;
    inputs.clear();
    ticks = 0;
    deadlineMisses = 0;
    cacheLookups = 0;
    cacheHits = 0;
    staleServed = 0;
    stages.clear();
    market.clear();
    fills.clear();
    orders.clear();
    healthRecords = 0;
    rssBytesMax = 0;
    gauges = Gauges.NONE;
  }

  private void addEvent(EventView event) {
    addEvent(event.source, event.runId, event.eventTimeUs);
  }

  private void addEvent(Source eventSource, String eventRun, long eventTimeUs) {
    keepRun(eventRun, eventTimeUs);
    firstEventUs = events == 0 ? eventTimeUs : Math.min(firstEventUs, eventTimeUs);
    lastEventUs = Math.max(lastEventUs, eventTimeUs);
    lastEventEverUs = Math.max(lastEventEverUs, eventTimeUs);
    events++;
    keepSource(eventSource);
  }

  private void keepSource(Source other) {
    if (source == null || (other != null && other.compareTo(source) < 0)) {
      source = other;
    }
  }

  /** The run of the last event; of two at the same time the greater name. */
  private void keepRun(String otherRun, long otherLastUs) {
    if (runId == null || otherLastUs > lastEventUs) {
      runId = otherRun;
    } else if (otherLastUs == lastEventUs
        && otherRun != null
        && !otherRun.equals(runId)
        && otherRun.compareTo(runId) > 0) {
      runId = otherRun;
    }
  }

  private void keepGauges(Gauges other) {
    if (gauges.compareTo(other) < 0) {
      gauges = other;
    }
  }
}
