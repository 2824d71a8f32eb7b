// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.risk;

import dev.sluice.rules.risk.PortfolioJudge;
import dev.sluice.rules.risk.PortfolioState;
import dev.sluice.rules.risk.RiskOutput;
import dev.sluice.rules.risk.RiskSettings;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.Verdict;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Shell of {@link PortfolioJudge}. A portfolio is one thing, so there is one instance and no key;
 * its state is one object that is written at each checkpoint and never between.
 */
final class PortfolioRiskFunction extends ProcessFunction<PortfolioInput, Verdict>
    implements CheckpointedFunction {
  static final OutputTag<RiskAudit> AUDITS =
      new OutputTag<>("risk-audits", TypeInformation.of(RiskAudit.class));

  private static final long serialVersionUID = 1L;

  private final RiskSettings settings;
  private final List<String> roster;
  private final List<CriterionSpec> criteria;
  private final long refreshMs;

  private transient PortfolioJudge judge;
  private transient ListState<PortfolioState> states;
  private transient Output output;

  PortfolioRiskFunction(
      RiskSettings settings, List<String> roster, List<CriterionSpec> criteria, long refreshMs) {
    this.settings = settings;
    this.roster = List.copyOf(roster);
    this.criteria = List.copyOf(criteria);
    this.refreshMs = refreshMs;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    states =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("portfolio", TypeInformation.of(PortfolioState.class)));
    PortfolioState state = new PortfolioState();
    for (PortfolioState before : states.get()) {
      state = before;
    }
    output = new Output(getRuntimeContext().getMetricGroup().addGroup("risk"));
    judge = new PortfolioJudge(settings, roster, criteria, refreshMs, state, output);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    states.update(List.of(judge.snapshot()));
  }

  @Override
  public void processElement(PortfolioInput input, Context context, Collector<Verdict> out) {
    output.context = context;
    output.collector = out;
    if (input.event() != null) {
      judge.event(input.event());
    } else if (input.bucket() != null) {
      judge.bucket(input.bucket());
    } else {
      judge.command(input.command());
    }
  }

  private static final class Output implements RiskOutput {
    private final Counter verdicts;
    private final Counter audits;
    private final Counter[] counts = new Counter[Count.values().length];
    private ProcessFunction<PortfolioInput, Verdict>.Context context;
    private Collector<Verdict> collector;

    Output(MetricGroup metrics) {
      verdicts = metrics.counter("verdicts");
      audits = metrics.counter("audits");
      for (Count what : Count.values()) {
        counts[what.ordinal()] = metrics.counter(what.name().toLowerCase(Locale.ROOT));
      }
    }

    @Override
    public void verdict(Verdict verdict) {
      verdicts.inc();
      collector.collect(verdict);
    }

    @Override
    public void audit(RiskAudit audit) {
      audits.inc();
      context.output(AUDITS, audit);
    }

    @Override
    public void count(Count what) {
      counts[what.ordinal()].inc();
    }
  }
}
