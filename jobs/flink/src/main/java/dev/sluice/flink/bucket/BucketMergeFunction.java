// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import static dev.sluice.flink.KeyedState.access;

import dev.sluice.rules.bucket.EngineClock;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Source;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Shell of {@link EngineMerger}: keyed by engine; state, timers and counters. */
public final class BucketMergeFunction extends KeyedProcessFunction<String, EngineUpdate, Bucket> {
  private static final long serialVersionUID = 1L;

  private final BucketSettings settings;
  private final OutputTag<Bucket> amendments;
  private final OutputTag<DeadLetter> deadLetters;
  private transient ValueState<EngineState> states;
  private transient MapState<Long, OpenStart> open;
  private transient BucketCloser closer;
  private transient InputFaultCounters counters;
  private transient long openedAtMs;

  public BucketMergeFunction(
      BucketSettings settings, OutputTag<Bucket> amendments, OutputTag<DeadLetter> deadLetters) {
    this.settings = settings;
    this.amendments = amendments;
    this.deadLetters = deadLetters;
  }

  @Override
  public void open(OpenContext context) {
    states =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("engine", TypeInformation.of(EngineState.class)));
    open =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>("open", Types.LONG, TypeInformation.of(OpenStart.class)));
    closer = new BucketCloser(settings);
    counters = new InputFaultCounters(getRuntimeContext().getMetricGroup());
    openedAtMs = -1;
  }

  @Override
  public void processElement(EngineUpdate update, Context context, Collector<Bucket> out)
      throws Exception {
    EngineState state = states.value();
    if (state == null) {
      state = new EngineState();
    }
    EngineMerger merger = merger(context, state, out);
    merger.apply(update);
    if (!state.endTimer) {
      state.endTimer = true;
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }
    finish(merger, state, context, false);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Bucket> out)
      throws Exception {
    EngineState state = states.value();
    boolean endOfInput = context.timeDomain() == TimeDomain.EVENT_TIME;
    if (state == null || (!endOfInput && timestamp != state.timerAtMs)) {
      return; // a sooner timer has taken this one's place
    }
    EngineMerger merger = merger(context, state, out);
    if (!endOfInput) {
      state.timerAtMs = 0;
      long readThroughMs = context.timerService().currentWatermark();
      if (state.readThroughMs != readThroughMs && readThroughMs != Long.MIN_VALUE) {
        state.readThroughMs = readThroughMs;
        merger.fired(); // else what has not come may only not have been read
      }
    }
    finish(merger, state, context, endOfInput);
  }

  private void finish(EngineMerger merger, EngineState state, Context context, boolean endOfInput)
      throws Exception {
    long nowMs = context.timerService().currentProcessingTime();
    if (openedAtMs < 0) {
      openedAtMs = nowMs;
    }
    boolean warm = nowMs - openedAtMs >= settings.warmUpMs();
    merger.advance(warm, endOfInput, storedUpToMs(state, context, nowMs) * 1_000);
    Source source = state.clock.source == null ? settings.rosterSource() : state.clock.source;
    if (merger.needsFirings()) {
      schedule(state, context, nowMs + BucketSettings.FIRING_MS);
    } else if (EngineClock.wallClock(source)) {
      schedule(state, context, nowMs + BucketSettings.WALL_CLOCK_MS);
    }
    states.update(state);
  }

  /**
   * The wall clock as far as this judge knows what was stored: the source's word where there is
   * one, so that a replay of an archive judges silence by the clock of the archive, and a reader
   * that is behind makes nobody silent.
   */
  private static long storedUpToMs(EngineState state, Context context, long nowMs) {
    long wordMs = context.timerService().currentWatermark();
    if (wordMs == Long.MAX_VALUE) {
      wordMs = state.readThroughMs; // the end of a bounded input is no time
    }
    return wordMs > 0 ? Math.min(wordMs, nowMs) : nowMs;
  }

  private static void schedule(EngineState state, Context context, long atMs) {
    if (state.timerAtMs == 0 || atMs < state.timerAtMs) {
      state.timerAtMs = atMs;
      context.timerService().registerProcessingTimeTimer(atMs);
    }
  }

  private EngineMerger merger(Context context, EngineState state, Collector<Bucket> out) {
    MergeOutput output =
        new MergeOutput() {
          @Override
          public void bucket(Bucket bucket) {
            out.collect(bucket);
          }

          @Override
          public void amendment(Bucket amendment) {
            context.output(amendments, amendment);
          }

          @Override
          public void deadLetter(DeadLetter letter) {
            context.output(deadLetters, letter);
          }

          @Override
          public void count(InputFault fault, long times) {
            counters.count(fault, times);
          }
        };
    return new EngineMerger(
        context.getCurrentKey(), settings, state, new StateBuckets(open), closer, output);
  }

  /** The open buckets in keyed state; a state backend that fails ends the task. */
  private record StateBuckets(MapState<Long, OpenStart> open) implements OpenBuckets {
    @Override
    public OpenStart get(long startUs) {
      return access(() -> open.get(startUs));
    }

    @Override
    public void put(long startUs, OpenStart start) {
      access(
          () -> {
            open.put(startUs, start);
            return null;
          });
    }

    @Override
    public void remove(long startUs) {
      access(
          () -> {
            open.remove(startUs);
            return null;
          });
    }

    @Override
    public List<Long> starts() {
      return access(
          () -> {
            List<Long> all = new ArrayList<>();
            open.keys().forEach(all::add);
            all.sort(null);
            return all;
          });
    }
  }
}
