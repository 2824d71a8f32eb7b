// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.integrity;

import dev.sluice.rules.integrity.IntegrityJudge;
import dev.sluice.rules.integrity.IntegritySettings;
import dev.sluice.rules.integrity.Judged;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Shell of {@link IntegrityJudge} over keyed state, one engine a key. */
final class IntegrityFunction extends KeyedProcessFunction<String, EngineEvent, Verdict> {
  private static final long serialVersionUID = 1L;

  private final IntegritySettings settings;
  private final List<CriterionSpec> criteria;
  private final long refreshMs;
  private final OutputTag<Finding> findingTag;
  private transient IntegrityJudge judge;
  private transient KeyedIntegrityMemory memory;
  private transient Counter findings;
  private transient Counter verdicts;

  IntegrityFunction(
      IntegritySettings settings,
      List<CriterionSpec> criteria,
      long refreshMs,
      OutputTag<Finding> findingTag) {
    this.settings = settings;
    this.criteria = new ArrayList<>(criteria);
    this.refreshMs = refreshMs;
    this.findingTag = findingTag;
  }

  @Override
  public void open(OpenContext context) {
    judge = new IntegrityJudge(settings, criteria, refreshMs);
    memory = new KeyedIntegrityMemory(getRuntimeContext());
    findings = getRuntimeContext().getMetricGroup().counter("findings");
    verdicts = getRuntimeContext().getMetricGroup().counter("verdicts");
  }

  @Override
  public void processElement(EngineEvent event, Context context, Collector<Verdict> out) {
    Judged judged = judge.on(event, memory);
    for (Finding finding : judged.findings()) {
      context.output(findingTag, finding);
    }
    judged.verdicts().forEach(out::collect);
    findings.inc(judged.findings().size());
    verdicts.inc(judged.verdicts().size());
  }
}
