// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.reconcile;

import dev.sluice.rules.reconcile.Reconciled;
import dev.sluice.rules.reconcile.Reconciler;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** The reconciler over keyed state, one engine a key. Counts what it says and what it lets go. */
final class ReconciliationFunction extends KeyedProcessFunction<String, EngineEvent, Verdict> {
  static final OutputTag<Finding> FINDINGS =
      new OutputTag<>("findings", TypeInformation.of(Finding.class));
  static final OutputTag<Drift> DRIFTS = new OutputTag<>("drifts", TypeInformation.of(Drift.class));

  private static final long serialVersionUID = 1L;

  private final ReconciliationSettings settings;
  private final List<CriterionSpec> criteria;
  private final long refreshMs;
  private transient Reconciler reconciler;
  private transient KeyedReconcileMemory memory;
  private transient Counter evaluations;
  private transient Counter findings;
  private transient Counter lateFills;
  private transient Counter refusedEvents;
  private transient Counter forgottenFills;
  private transient Counter forgottenIds;
  private transient Counter droppedDifferences;
  private transient Counter unmatchableFills;

  ReconciliationFunction(
      ReconciliationSettings settings, List<CriterionSpec> criteria, long refreshMs) {
    this.settings = settings;
    this.criteria = new ArrayList<>(criteria);
    this.refreshMs = refreshMs;
  }

  @Override
  public void open(OpenContext context) {
    reconciler = new Reconciler(settings.rules(), criteria, refreshMs);
    memory = new KeyedReconcileMemory(getRuntimeContext());
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("reconcile");
    evaluations = metrics.counter("evaluations");
    findings = metrics.counter("findings");
    lateFills = metrics.counter("late_fills");
    refusedEvents = metrics.counter("refused_events");
    forgottenFills = metrics.counter("forgotten_fills");
    forgottenIds = metrics.counter("forgotten_ids");
    droppedDifferences = metrics.counter("dropped_differences");
    unmatchableFills = metrics.counter("unmatchable_fills");
  }

  @Override
  public void processElement(EngineEvent event, Context context, Collector<Verdict> out) {
    Reconciled said = reconciler.event(event, memory);
    if (said.refused()) {
      refusedEvents.inc();
    }
    said.findings().forEach(finding -> context.output(FINDINGS, finding));
    said.drifts().forEach(drift -> context.output(DRIFTS, drift));
    said.verdicts().forEach(out::collect);
    count(said);
  }

  private void count(Reconciled said) {
    evaluations.inc(said.drifts().size());
    findings.inc(said.findings().size());
    lateFills.inc(said.counts().lateFills());
    forgottenFills.inc(said.counts().forgottenFills());
    forgottenIds.inc(said.counts().forgottenIds());
    droppedDifferences.inc(said.counts().droppedDifferences());
    unmatchableFills.inc(said.counts().unmatchableFills());
  }
}
