// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.flink.RawRecord;
import dev.sluice.rules.risk.Mark;
import dev.sluice.rules.risk.Trade;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Health;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The two halves of the bucket topology joined by a method call: no Flink, no time but given. */
public final class LocalBuckets {
  public final List<Bucket> buckets = new ArrayList<>();
  public final List<Bucket> amendments = new ArrayList<>();
  public final List<DeadLetter> deadLetters = new ArrayList<>();
  public final List<Health> health = new ArrayList<>();
  final List<Mark> marks = new ArrayList<>();
  final List<Trade> trades = new ArrayList<>();
  final Map<InputFault, Long> counts = new EnumMap<>(InputFault.class);
  public final PartialBuckets partials;
  private final BucketSettings settings;
  private final Map<String, EngineState> states = new HashMap<>();
  private final Map<String, MemoryBuckets> open = new HashMap<>();
  private final BucketCloser closer;
  private long nowMs;

  public LocalBuckets(BucketSettings settings) {
    this.settings = settings;
    this.closer = new BucketCloser(settings);
    this.partials = new PartialBuckets(settings, new ToMerger());
    for (String engine : settings.roster()) {
      merge(EngineUpdate.expected(engine));
    }
  }

  LocalBuckets addAll(List<RawRecord> records) {
    records.forEach(partials::add);
    return this;
  }

  /** The short timer of the operator beside the source. */
  public LocalBuckets flush() {
    partials.flush();
    return this;
  }

  /** Lets the clock's timer fire for every engine. */
  public LocalBuckets fire(int times) {
    for (int i = 0; i < times; i++) {
      nowMs += BucketSettings.FIRING_MS;
      for (String engine : List.copyOf(states.keySet())) {
        EngineMerger merger = merger(engine);
        merger.fired();
        merger.advance(true, false, nowMs * 1_000);
      }
    }
    return this;
  }

  public LocalBuckets at(long wallClockMs) {
    nowMs = wallClockMs;
    return this;
  }

  /** Nothing more will come. */
  public LocalBuckets end() {
    partials.flush();
    for (String engine : List.copyOf(states.keySet())) {
      merger(engine).advance(true, true, nowMs * 1_000);
    }
    return this;
  }

  List<Bucket> whole(String engine) {
    return buckets.stream()
        .filter(bucket -> bucket.wholeEngine() && bucket.engineId().equals(engine))
        .toList();
  }

  long count(InputFault fault) {
    return counts.getOrDefault(fault, 0L);
  }

  long closedUpToUs(String engine) {
    return states.get(engine).closedUpToUs;
  }

  private void merge(EngineUpdate update) {
    EngineMerger merger = merger(update.engineId());
    merger.apply(update);
    merger.advance(false, false, nowMs * 1_000);
  }

  private EngineMerger merger(String engine) {
    return new EngineMerger(
        engine,
        settings,
        states.computeIfAbsent(engine, key -> new EngineState()),
        open.computeIfAbsent(engine, key -> new MemoryBuckets()),
        closer,
        new ToLists());
  }

  private final class ToMerger implements PartialOutput {
    @Override
    public void update(EngineUpdate update) {
      merge(update);
    }

    @Override
    public void health(Health accepted, long ingestUs) {
      health.add(accepted);
    }

    @Override
    public void mark(Mark mark) {
      marks.add(mark);
    }

    @Override
    public void trade(Trade trade) {
      trades.add(trade);
    }

    @Override
    public void deadLetter(DeadLetter letter) {
      deadLetters.add(letter);
    }

    @Override
    public void count(InputFault fault, long times) {
      counts.merge(fault, times, Long::sum);
    }
  }

  private final class ToLists implements MergeOutput {
    @Override
    public void bucket(Bucket bucket) {
      buckets.add(bucket);
    }

    @Override
    public void amendment(Bucket amendment) {
      amendments.add(amendment);
    }

    @Override
    public void deadLetter(DeadLetter letter) {
      deadLetters.add(letter);
    }

    @Override
    public void count(InputFault fault, long times) {
      counts.merge(fault, times, Long::sum);
    }
  }

  private static final class MemoryBuckets implements OpenBuckets {
    private final TreeMap<Long, OpenStart> starts = new TreeMap<>();

    @Override
    public OpenStart get(long startUs) {
      return starts.get(startUs);
    }

    @Override
    public void put(long startUs, OpenStart open) {
      starts.put(startUs, open);
    }

    @Override
    public void remove(long startUs) {
      starts.remove(startUs);
    }

    @Override
    public List<Long> starts() {
      return List.copyOf(starts.keySet());
    }
  }
}
