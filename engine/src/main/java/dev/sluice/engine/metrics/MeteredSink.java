// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.metrics;

import dev.sluice.engine.core.EventSink;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Stages;
import dev.sluice.schemas.Tick;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what passes and keeps the newest heartbeat, for {@link EngineMetrics}. Written by the
 * trading thread alone, read by any.
 */
public final class MeteredSink implements EventSink {
  private final EventSink next;
  private final AtomicLong ticks = new AtomicLong();
  private final AtomicLong orders = new AtomicLong();
  private final AtomicLong fills = new AtomicLong();
  private final AtomicLong deadlineMisses = new AtomicLong();
  private final AtomicLong cacheHits = new AtomicLong();
  private final AtomicLong cacheReads = new AtomicLong();
  private final StageTimes fetchMd = new StageTimes();
  private final StageTimes spread = new StageTimes();
  private final StageTimes guards = new StageTimes();
  private final StageTimes inventory = new StageTimes();
  private final StageTimes queueAware = new StageTimes();
  private final StageTimes emit = new StageTimes();
  private final StageTimes total = new StageTimes();
  private volatile Health health;

  /** Counts what goes to {@code next}. */
  public MeteredSink(EventSink next) {
    this.next = next;
  }

  @Override
  public void tick(Tick tick) {
    count(ticks);
    if (tick.totalMs() > tick.deadlineMs()) {
      count(deadlineMisses);
    }
    if (tick.cacheHit() != null) {
      count(cacheReads);
      if (tick.cacheHit()) {
        count(cacheHits);
      }
    }
    Stages stages = tick.stages();
    fetchMd.observe(stages.fetchMdMs());
    spread.observe(stages.spreadMs());
    guards.observe(stages.guardsMs());
    inventory.observe(stages.inventoryMs());
    queueAware.observe(stages.queueAwareMs());
    emit.observe(stages.emitMs());
    total.observe(tick.totalMs());
    next.tick(tick);
  }

  @Override
  public void order(Order order) {
    count(orders);
    next.order(order);
  }

  @Override
  public void fill(Fill fill) {
    count(fills);
    next.fill(fill);
  }

  @Override
  public void health(Health newest) {
    health = newest;
    next.health(newest);
  }

  @Override
  public void ledger(Ledger ledger) {
    next.ledger(ledger);
  }

  @Override
  public long dropped() {
    return next.dropped();
  }

  /** The newest heartbeat, null before the first. */
  Health newest() {
    return health;
  }

  /** Counters by the name Prometheus knows them under. */
  Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("sluice_engine_ticks", ticks.getAcquire());
    counters.put("sluice_engine_order_events", orders.getAcquire());
    counters.put("sluice_engine_fills", fills.getAcquire());
    counters.put("sluice_engine_deadline_misses", deadlineMisses.getAcquire());
    counters.put("sluice_engine_cache_hits", cacheHits.getAcquire());
    counters.put("sluice_engine_cache_reads", cacheReads.getAcquire());
    return counters;
  }

  /** Times by the name of the stage; {@code total} is the whole pass. */
  Map<String, StageTimes> stages() {
    Map<String, StageTimes> stages = new LinkedHashMap<>();
    stages.put("fetch_md", fetchMd);
    stages.put("spread", spread);
    stages.put("guards", guards);
    stages.put("inventory", inventory);
    stages.put("queue_aware", queueAware);
    stages.put("emit", emit);
    stages.put("total", total);
    return stages;
  }

  /** One thread writes, so no read-modify-write is needed. */
  private static void count(AtomicLong counter) {
    counter.setRelease(counter.getPlain() + 1);
  }
}
