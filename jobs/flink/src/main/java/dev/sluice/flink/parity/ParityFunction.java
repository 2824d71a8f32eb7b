// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.parity;

import dev.sluice.rules.parity.ParityJudge;
import dev.sluice.rules.parity.ParityOutput;
import dev.sluice.rules.parity.ParityPair;
import dev.sluice.rules.parity.ParitySettings;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Shell of {@link ParityJudge} over keyed state, one pair a key. While a window waits for the
 * shadow a timer of the wall clock runs; when it fires and the shadow's time has not moved since it
 * was set, in a process that has been up for as long, the shadow is silent. At the end of a bounded
 * input everything that has ended is judged.
 */
final class ParityFunction extends KeyedProcessFunction<String, ParityInput, Verdict> {
  private static final long serialVersionUID = 1L;

  /** The wait for a silent shadow. */
  public static final class Wait {
    /** When it ends, wall clock; 0 when nothing waits. */
    public long untilMs;

    /** How far the shadow's time had come when it began. */
    public long shadowUs;

    public boolean endTimer;

    public Wait() {}
  }

  private final ParitySettings settings;
  private final List<CriterionSpec> criteria;
  private final long refreshMs;
  private final OutputTag<Parity> windowTag;
  private transient ParityJudge judge;
  private transient Map<String, ParityPair> pairs;
  private transient KeyedParityMemory memory;
  private transient ValueState<Wait> waits;
  private transient Counter windows;
  private transient Counter withoutData;
  private transient Counter verdicts;
  private transient long openedAtMs;

  ParityFunction(
      ParitySettings settings,
      List<CriterionSpec> criteria,
      long refreshMs,
      OutputTag<Parity> windowTag) {
    this.settings = settings;
    this.criteria = List.copyOf(criteria);
    this.refreshMs = refreshMs;
    this.windowTag = windowTag;
  }

  @Override
  public void open(OpenContext context) {
    judge = new ParityJudge(settings, criteria, refreshMs);
    pairs =
        settings.parsedPairs().stream().collect(Collectors.toMap(ParityPair::text, pair -> pair));
    memory = new KeyedParityMemory(getRuntimeContext());
    waits =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("wait", TypeInformation.of(Wait.class)));
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    windows = metrics.counter("windows");
    withoutData = metrics.counter("windows_without_data");
    verdicts = metrics.counter("verdicts");
    openedAtMs = -1;
  }

  @Override
  public void processElement(ParityInput input, Context context, Collector<Verdict> out)
      throws Exception {
    Wait wait = waits.value() == null ? new Wait() : waits.value();
    if (!wait.endTimer) {
      wait.endTimer = true;
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }
    publish(judge.on(pair(context), input.event(), memory), context, out);
    waitOn(wait, context);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Verdict> out)
      throws Exception {
    Wait wait = waits.value();
    if (pair(context) == null) {
      return; // taken out of the configuration; its timer outlived it
    }
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      publish(judge.end(pair(context), memory), context, out);
    } else if (wait != null && timestamp == wait.untilMs) {
      boolean warm = timestamp - openedAt(context) >= settings.patienceMs();
      boolean stood = judge.shadowUntilUs(memory) == wait.shadowUs;
      if (warm && stood && judge.waitsForShadow(memory)) {
        publish(judge.shadowSilent(pair(context), memory), context, out);
      }
      wait.untilMs = 0;
      waitOn(wait, context);
    }
  }

  /** Sets the timer while a window waits for the shadow. */
  private void waitOn(Wait wait, Context context) throws Exception {
    long nowMs = context.timerService().currentProcessingTime();
    openedAt(context);
    if (wait.untilMs == 0 && judge.waitsForShadow(memory)) {
      wait.untilMs = nowMs + settings.patienceMs();
      wait.shadowUs = judge.shadowUntilUs(memory);
      context.timerService().registerProcessingTimeTimer(wait.untilMs);
    }
    waits.update(wait);
  }

  private long openedAt(Context context) {
    if (openedAtMs < 0) {
      openedAtMs = context.timerService().currentProcessingTime();
    }
    return openedAtMs;
  }

  private ParityPair pair(Context context) {
    return pairs.get(context.getCurrentKey());
  }

  private void publish(ParityOutput output, Context context, Collector<Verdict> out) {
    for (Parity window : output.windows()) {
      context.output(windowTag, window);
      windows.inc();
      if (window.outcome() == VerdictOutcome.NO_DATA) {
        withoutData.inc();
      }
    }
    output.verdicts().forEach(out::collect);
    verdicts.inc(output.verdicts().size());
  }
}
