// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.stop;

import dev.sluice.rules.judge.EngineJudge;
import dev.sluice.rules.judge.Judgement;
import dev.sluice.schemas.Verdict;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The judge over keyed state, one engine a key. Counts verdicts and inputs it could not judge. */
public final class StopCriteriaFunction extends KeyedProcessFunction<String, StopInput, Verdict> {
  private static final long serialVersionUID = 1L;

  private final StopSettings settings;
  private transient EngineJudge judge;
  private transient KeyedJudgeMemory memory;
  private transient Counter verdicts;
  private transient Counter ignored;

  public StopCriteriaFunction(StopSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    judge = new EngineJudge(settings.criteria(), settings.bucketMs(), settings.refreshMs());
    memory = new KeyedJudgeMemory(getRuntimeContext());
    verdicts = getRuntimeContext().getMetricGroup().counter("verdicts");
    ignored = getRuntimeContext().getMetricGroup().counter("ignoredInputs");
  }

  @Override
  public void processElement(StopInput input, Context context, Collector<Verdict> out) {
    Judgement judgement = judge(input, context.timestamp());
    if (judgement.ignored()) {
      ignored.inc();
    }
    judgement.verdicts().forEach(out::collect);
    verdicts.inc(judgement.verdicts().size());
  }

  /** The record timestamp is the Kafka append time where the source set one. */
  private Judgement judge(StopInput input, Long timestampMs) {
    if (input.bucket() != null) {
      return judge.bucket(input.bucket(), memory);
    }
    if (input.health() != null) {
      long ingestUs = timestampMs == null || timestampMs < 0 ? 0 : timestampMs * 1000;
      return judge.health(input.health(), ingestUs, memory);
    }
    return judge.command(input.command(), memory);
  }
}
