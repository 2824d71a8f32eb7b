// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.metric.Metric;
import dev.sluice.schemas.Delta;
import dev.sluice.schemas.Rollout;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.VerdictOutcome;
import dev.sluice.schemas.text.Durations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts what was looked at into one status and one sentence. */
final class StatusReport {
  private final TrialPlan plan;
  private final Acceptance acceptance;
  private final DeltaJudge judge;
  private final List<TrialMetric> watched = new ArrayList<>();

  StatusReport(TrialPlan plan) {
    this.plan = plan;
    this.acceptance = plan.acceptance();
    this.judge = new DeltaJudge(plan);
    if (acceptance.goal() != null) {
      watched.add(TrialMetric.of(acceptance.goal().metric()));
    }
    acceptance.guardrails().keySet().forEach(each -> watched.add(TrialMetric.of(each)));
    acceptance.signals().forEach(each -> watched.add(TrialMetric.of(each)));
  }

  /** Blocks of the stage's dwell, or the least it needs: where the intervals are tightest. */
  double horizonBlocks(double share) {
    return Math.max(acceptance.minBlocks(), (double) acceptance.dwellMs() / plan.blockMs(share));
  }

  TrialStatus of(
      AnalysisState state,
      String engineId,
      Source source,
      long nowUs,
      long coveredMs,
      List<String> otherReasons) {
    List<Finding> findings = new ArrayList<>();
    List<Delta> deltas = new ArrayList<>();
    for (TrialMetric metric : watched) {
      DeltaSeries series = series(state.series, metric);
      Interval interval = interval(series, metric, state.share);
      Finding finding = judge.judge(metric, interval, series.without);
      findings.add(finding);
      deltas.add(delta(state, metric, series, interval, finding));
    }
    if (state.share < 1) {
      // In the order of the sentence where they are equally bad.
      findings.addAll(0, samples(state, coveredMs));
      findings.add(0, swap(state));
      otherReasons.forEach(each -> findings.add(Finding.of(Hold.WORSE, each)));
    } else {
      String all = "all slots are treated: the trial is complete";
      findings.replaceAll(each -> Finding.ignorance(all));
      findings.add(Finding.of(Hold.UNKNOWN, all));
    }
    VerdictOutcome outcome = outcome(findings);
    boolean promote = outcome == VerdictOutcome.PASS && plan.kind() == TrialPlan.Kind.AB;
    return new TrialStatus(
        TrialStatus.SCHEMA,
        engineId,
        plan.id(),
        plan.planHash(),
        RolloutState.stageOf(state.share),
        state.share,
        nowUs,
        source,
        state.stageSinceUs,
        coveredMs,
        acceptance.dwellMs(),
        state.totalA.slots,
        state.totalB.slots,
        orNull(leastP(state)),
        deltas,
        promote && !lastStage(state) ? Rollout.PROMOTE : Rollout.HOLD,
        outcome,
        outcome == VerdictOutcome.PASS ? allMet(findings, state) : sentence(findings));
  }

  private Interval interval(DeltaSeries series, TrialMetric metric, double share) {
    // Two equal arms have many metrics and no goal: together they may be wrong once in 1/α.
    double alpha =
        (1 - acceptance.confidence()) / (plan.kind() == TrialPlan.Kind.AA ? watched.size() : 1);
    return Interval.of(series, metric.scale().prior(), alpha, horizonBlocks(share));
  }

  private Delta delta(
      AnalysisState state,
      TrialMetric metric,
      DeltaSeries series,
      Interval interval,
      Finding finding) {
    Measurement a = metric.measure(state.totalA.sums);
    Measurement b = metric.measure(state.totalB.sums);
    Metric registered = metric.metric();
    boolean complete = state.share >= 1;
    return new Delta(
        registered.id(),
        registered.unit(),
        judge.role(registered),
        orNull(Contrast.shown(metric, interval.estimate())),
        orNull(Contrast.shown(metric, interval.lower())),
        orNull(Contrast.shown(metric, interval.upper())),
        orNull(a.value()),
        orNull(b.value()),
        interval.count(),
        (long) SlotAssignment.blockSlots(state.share) * series.blocksEach(),
        orNull(series.autocorrelation()),
        a.samples(),
        b.samples(),
        complete ? VerdictOutcome.NO_DATA : finding.outcome(),
        complete ? "all slots are treated: nothing to compare with" : finding.text());
  }

  private Finding swap(AnalysisState state) {
    for (TrialMetric metric : watched) {
      DeltaSeries one = series(state.series, metric);
      DeltaSeries other = series(state.swapped, metric);
      if (one.count() != other.count() || (one.count() > 0 && one.mean() != -other.mean())) {
        return Finding.of(
            Hold.BROKEN,
            "self-test failed: with the arms swapped "
                + metric.metric().id()
                + " does not change its sign ("
                + metric.scale().text(one.mean())
                + " against "
                + metric.scale().text(other.mean())
                + ")");
      }
    }
    return Finding.of(Hold.NONE, "");
  }

  private List<Finding> samples(AnalysisState state, long coveredMs) {
    List<Finding> findings = new ArrayList<>();
    double p = leastP(state);
    if (p < acceptance.maxSampleRatioP()) {
      findings.add(
          Finding.of(
              Hold.BROKEN,
              String.format(
                  Locale.ROOT,
                  "the arms are not as they were drawn (p = %.2g): %d slots of A and %d of B have"
                      + " data, %d and %d have orders, where %.0f %% are B's",
                  p,
                  state.totalA.slots,
                  state.totalB.slots,
                  state.totalA.activeSlots,
                  state.totalB.activeSlots,
                  state.share * 100)));
    }
    if (coveredMs < acceptance.dwellMs()) {
      findings.add(
          Finding.of(
              Hold.UNKNOWN,
              "needs "
                  + Durations.format(acceptance.dwellMs() - coveredMs)
                  + " more covered time ("
                  + Durations.format(coveredMs)
                  + " of "
                  + Durations.format(acceptance.dwellMs())
                  + ")"));
    }
    fills(findings, "A", state.totalA);
    fills(findings, "B", state.totalB);
    return findings;
  }

  private void fills(List<Finding> findings, String arm, ArmTotals totals) {
    if (totals.sums.fills < acceptance.minFills()) {
      findings.add(
          Finding.of(
              Hold.UNKNOWN,
              "arm "
                  + arm
                  + " has "
                  + totals.sums.fills
                  + " of "
                  + acceptance.minFills()
                  + " fills"));
    }
  }

  private double leastP(AnalysisState state) {
    double exposed = SampleRatio.p(state.totalA.slots, state.totalB.slots, state.share);
    double active = SampleRatio.p(state.totalA.activeSlots, state.totalB.activeSlots, state.share);
    return active < exposed || Double.isNaN(exposed) ? active : exposed;
  }

  private static VerdictOutcome outcome(List<Finding> findings) {
    Hold worst = findings.stream().map(Finding::hold).min(Comparator.naturalOrder()).orElseThrow();
    return Finding.of(worst, "").outcome();
  }

  private static String sentence(List<Finding> findings) {
    return findings.stream()
        .filter(each -> each.hold() != Hold.NONE)
        .sorted(Comparator.comparing(Finding::hold))
        .map(Finding::text)
        .collect(Collectors.joining("; "));
  }

  private String allMet(List<Finding> findings, AnalysisState state) {
    String goal =
        findings.stream()
            .filter(each -> acceptance.goal() != null)
            .map(Finding::text)
            .filter(text -> text.startsWith(acceptance.goal().metric().id()))
            .findFirst()
            .orElse("the arms do not differ");
    if (plan.kind() == TrialPlan.Kind.AA) {
      return "quiet: no metric differs; a trial of two arms alike has no next stage";
    }
    return "everything is met: " + goal + (lastStage(state) ? "; this is the last stage" : "");
  }

  private boolean lastStage(AnalysisState state) {
    return state.share >= plan.stages().get(plan.stages().size() - 1);
  }

  private static DeltaSeries series(Map<String, DeltaSeries> all, TrialMetric metric) {
    DeltaSeries series = all.get(metric.metric().id());
    return series == null ? new DeltaSeries() : series;
  }

  private static Double orNull(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
