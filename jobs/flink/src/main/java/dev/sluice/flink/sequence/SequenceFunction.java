// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.sequence;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.sequence.SequenceCount;
import dev.sluice.rules.sequence.SequenceLimits;
import dev.sluice.rules.sequence.SequenceOutput;
import dev.sluice.rules.sequence.SequenceState;
import dev.sluice.rules.sequence.Sequencer;
import dev.sluice.schemas.DeadLetter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Shell of {@link Sequencer}: keyed by engine; state, timers and counters. */
final class SequenceFunction extends KeyedProcessFunction<String, SequenceInput, EngineEvent> {
  private static final long serialVersionUID = 1L;

  private final SequenceSettings settings;
  private final SequenceLimits limits;
  private final OutputTag<DeadLetter> deadLetters;
  private transient ValueState<SequenceState> states;
  private transient SequenceCounters counters;
  private transient long openedAtMs;

  SequenceFunction(SequenceSettings settings, OutputTag<DeadLetter> deadLetters) {
    this.settings = settings;
    this.limits = settings.limits();
    this.deadLetters = deadLetters;
  }

  @Override
  public void open(OpenContext context) {
    states =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("sequence", TypeInformation.of(SequenceState.class)));
    counters = new SequenceCounters(getRuntimeContext().getMetricGroup());
    openedAtMs = -1;
  }

  @Override
  public void processElement(SequenceInput input, Context context, Collector<EngineEvent> out)
      throws Exception {
    SequenceState state = states.value();
    if (state == null) {
      state = new SequenceState();
    }
    if (!state.endTimer) {
      state.endTimer = true;
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }
    Sequencer sequencer = sequencer(context, state, out);
    long ingestUs = 0;
    if (input.message() != null) {
      ingestUs = input.message().ingestUs();
      sequencer.take(input.message());
    } else if (input.bucket() != null) {
      ingestUs = input.bucket().ingestUs();
      sequencer.bucket(input.bucket());
    } else if (input.seenAt() != null) {
      sequencer.saw(input.seenAt());
    }
    finish(sequencer, state, context, false, ingestUs);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<EngineEvent> out)
      throws Exception {
    SequenceState state = states.value();
    boolean endOfInput = context.timeDomain() == TimeDomain.EVENT_TIME;
    if (state == null || (!endOfInput && timestamp != state.timerAtMs)) {
      return; // another timer has taken this one's place
    }
    Sequencer sequencer = sequencer(context, state, out);
    if (!endOfInput) {
      state.timerAtMs = 0;
      long readThroughMs = context.timerService().currentWatermark();
      if (state.readThroughMs != readThroughMs && readThroughMs != Long.MIN_VALUE) {
        state.readThroughMs = readThroughMs;
        sequencer.fired(); // else the venue may only not have been read
      }
    }
    finish(sequencer, state, context, endOfInput, 0);
  }

  private void finish(
      Sequencer sequencer, SequenceState state, Context context, boolean endOfInput, long ingestUs)
      throws Exception {
    long nowMs = context.timerService().currentProcessingTime();
    if (openedAtMs < 0) {
      openedAtMs = nowMs;
    }
    boolean warm = nowMs - openedAtMs >= settings.venuePatienceMs();
    sequencer.advance(warm, endOfInput, ingestUs);
    if (sequencer.needsFirings() && state.timerAtMs == 0) {
      state.timerAtMs = nowMs + SequenceSettings.FIRING_MS;
      context.timerService().registerProcessingTimeTimer(state.timerAtMs);
    }
    states.update(state);
  }

  private Sequencer sequencer(Context context, SequenceState state, Collector<EngineEvent> out) {
    SequenceOutput output =
        new SequenceOutput() {
          @Override
          public void event(EngineEvent event) {
            out.collect(event);
          }

          @Override
          public void quarantined(EngineEvent message, String reason) {
            DeadLetter letter = Refused.letter(message, reason);
            if (settings.reportsDeadLettersOf().contains(letter.topic())) {
              context.output(deadLetters, letter);
            }
          }

          @Override
          public void count(SequenceCount what, long times) {
            counters.count(what, times);
          }
        };
    return new Sequencer(context.getCurrentKey(), limits, state, output);
  }
}
