// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.codec.MalformedException;
import dev.sluice.schemas.codec.TickReader;
import dev.sluice.schemas.codec.TickView;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** What the obvious job ships for each tick: parse, keyBy, tumbling window. For comparison only. */
public record NaiveTick(
    String engineId,
    String symbol,
    long seq,
    long eventTimeUs,
    double bid,
    double ask,
    double fetchMdMs,
    double totalMs,
    double deadlineMs,
    boolean cacheLookup,
    boolean cacheHit,
    boolean usedStale) {

  /** Sums of one window; no histograms even. */
  public static final class Total {
    public long ticks;
    public long deadlineMisses;
    public long cacheLookups;
    public long cacheHits;
    public long staleServed;
    public double totalMs;

    public Total() {}
  }

  /** Bytes to ticks. */
  static final class Parse extends ProcessFunction<RawRecord, NaiveTick> {
    private static final long serialVersionUID = 1L;
    private transient TickReader reader;
    private transient TickView tick;

    @Override
    public void open(OpenContext context) {
      reader = new TickReader();
      tick = new TickView();
    }

    @Override
    public void processElement(RawRecord raw, Context context, Collector<NaiveTick> out)
        throws MalformedException {
      reader.read(raw.value(), tick);
      out.collect(
          new NaiveTick(
              tick.engineId,
              tick.symbol,
              tick.seq,
              tick.eventTimeUs,
              tick.bid,
              tick.ask,
              tick.fetchMdMs,
              tick.totalMs,
              tick.deadlineMs,
              tick.cacheLookup,
              tick.cacheHit,
              tick.usedStale));
    }
  }

  /** Ticks to sums. */
  static final class Sum implements AggregateFunction<NaiveTick, Total, Total> {
    private static final long serialVersionUID = 1L;

    @Override
    public Total createAccumulator() {
      return new Total();
    }

    @Override
    public Total add(NaiveTick tick, Total total) {
      total.ticks++;
      total.deadlineMisses += tick.totalMs() > tick.deadlineMs() ? 1 : 0;
      total.cacheLookups += tick.cacheLookup() ? 1 : 0;
      total.cacheHits += tick.cacheHit() ? 1 : 0;
      total.staleServed += tick.usedStale() ? 1 : 0;
      total.totalMs += tick.totalMs();
      return total;
    }

    @Override
    public Total getResult(Total total) {
      return total;
    }

    @Override
    public Total merge(Total one, Total other) {
      one.ticks += other.ticks;
      one.deadlineMisses += other.deadlineMisses;
      one.cacheLookups += other.cacheLookups;
      one.cacheHits += other.cacheHits;
      one.staleServed += other.staleServed;
      one.totalMs += other.totalMs;
      return one;
    }
  }
}
