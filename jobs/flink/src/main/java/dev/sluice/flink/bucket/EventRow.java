// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.flink.RawRecord;
import dev.sluice.rules.bucket.BucketAccumulator;
import dev.sluice.rules.bucket.EngineStream;
import dev.sluice.rules.bucket.FillEdges;
import dev.sluice.rules.bucket.Markouts;
import dev.sluice.rules.bucket.MidSeries;
import dev.sluice.rules.bucket.PendingFill;
import dev.sluice.rules.bucket.Plausibility;
import dev.sluice.rules.bucket.Punctuation;
import dev.sluice.rules.risk.Trade;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.SentCounts;
import dev.sluice.schemas.codec.EventView;
import dev.sluice.schemas.codec.FillReader;
import dev.sluice.schemas.codec.FillView;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import dev.sluice.schemas.codec.OrderReader;
import dev.sluice.schemas.codec.OrderView;
import dev.sluice.schemas.codec.TickReader;
import dev.sluice.schemas.codec.TickView;

/** The one event at hand: a row per stream, overwritten by each read. */
final class EventRow {
  private final TickReader tickReader = new TickReader();
  private final OrderReader orderReader = new OrderReader();
  private final FillReader fillReader = new FillReader();
  private final TickView tick = new TickView();
  private final OrderView order = new OrderView();
  private final FillView fill = new FillView();
  private final EventView heartbeat = new EventView();
  private Health health;

  /** Reads an event of a stream; the view is valid until the next one of the same stream. */
  EventView read(EngineStream stream, byte[] value) throws MalformedException {
    switch (stream) {
      case TICKS:
        tickReader.read(value, tick);
        return ofNoArmInWarmup(tick);
      case ORDERS:
        orderReader.read(value, order);
        return ofNoArmInWarmup(order);
      case FILLS:
        fillReader.read(value, fill);
        return ofNoArmInWarmup(fill);
      case HEALTH:
        health = Json.read(value, Health.class);
        heartbeat.engineId = health.engineId();
        heartbeat.runId = health.runId();
        heartbeat.seq = health.seq();
        heartbeat.eventTimeUs = health.eventTimeUs();
        heartbeat.source = health.source();
        return heartbeat;
    }
    throw new IllegalStateException("no row for " + stream);
  }

  /** The first seconds of a slot belong to no arm, though the engine says whose slot it is. */
  private static EventView ofNoArmInWarmup(EventView event) {
    if (event.warmup) {
      event.arm = null;
    }
    return event;
  }

  /** Why its values cannot be, null when they can. */
  String implausible(EngineStream stream) {
    return switch (stream) {
      case TICKS -> Plausibility.of(tick);
      case ORDERS -> Plausibility.of(order);
      case FILLS -> Plausibility.of(fill);
      case HEALTH -> Plausibility.of(health);
    };
  }

  /** Counts it. */
  void addTo(BucketAccumulator bucket, EngineStream stream, RawRecord raw) {
    switch (stream) {
      case TICKS -> bucket.addTick(tick);
      case ORDERS -> bucket.addOrder(order);
      case FILLS -> bucket.addFill(fill);
      case HEALTH -> bucket.addHealth(health);
    }
    bucket.addInput(raw.topic(), raw.partition(), raw.offset());
  }

  Health health() {
    return health;
  }

  double tickMid() {
    return tick.mid();
  }

  MidSeries midSeries() {
    return new MidSeries(tick.symbol, new long[] {tick.eventTimeUs}, new double[] {tick.mid()});
  }

  PendingFill pendingFill() {
    return Markouts.pending(
        fill.symbol,
        fill.arm,
        fill.eventTimeUs,
        fill.side.sign(),
        fill.midAtFill,
        FillEdges.weightE6(fill));
  }

  /** What risk needs of the fill; the time is given because that of a suspect is not believed. */
  Trade trade(long eventTimeUs, long ingestUs) {
    return new Trade(
        fill.engineId,
        fill.runId,
        fill.seq,
        fill.symbol,
        fill.side.sign(),
        fill.price.doubleValue(),
        fill.qty.doubleValue(),
        fill.fee.doubleValue(),
        fill.positionAfter,
        eventTimeUs,
        ingestUs);
  }

  Punctuation punctuation(long ingestUs) {
    SentCounts sent = health.sent();
    return new Punctuation(
        health.runId(),
        health.eventTimeUs(),
        ingestUs,
        sent != null,
        sent == null ? 0 : sent.ticks(),
        sent == null ? 0 : sent.orders(),
        sent == null ? 0 : sent.fills());
  }
}
