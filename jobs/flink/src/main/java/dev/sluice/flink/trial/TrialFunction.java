// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.trial;

import dev.sluice.rules.trial.TrialJudge;
import dev.sluice.rules.trial.TrialJudgement;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Shell of {@link TrialJudge} over keyed state, one engine a key. Counts verdicts and inputs it
 * could not judge.
 */
final class TrialFunction extends KeyedProcessFunction<String, TrialInput, Verdict> {
  private static final long serialVersionUID = 1L;

  private final TrialSettings settings;
  private final OutputTag<TrialStatus> statusTag;
  private transient TrialJudge judge;
  private transient KeyedTrialMemory memory;
  private transient Counter verdicts;
  private transient Counter ignored;

  TrialFunction(TrialSettings settings, OutputTag<TrialStatus> statusTag) {
    this.settings = settings;
    this.statusTag = statusTag;
  }

  @Override
  public void open(OpenContext context) {
    judge = settings.judge();
    memory = new KeyedTrialMemory(getRuntimeContext());
    verdicts = getRuntimeContext().getMetricGroup().counter("verdicts");
    ignored = getRuntimeContext().getMetricGroup().counter("ignoredInputs");
  }

  @Override
  public void processElement(TrialInput input, Context context, Collector<Verdict> out) {
    TrialJudgement judgement =
        input.bucket() != null
            ? judge.bucket(input.bucket(), memory)
            : judge.command(input.command(), memory);
    if (judgement.ignored()) {
      ignored.inc();
    }
    if (judgement.status() != null) {
      context.output(statusTag, judgement.status());
    }
    judgement.verdicts().forEach(out::collect);
    verdicts.inc(judgement.verdicts().size());
  }
}
