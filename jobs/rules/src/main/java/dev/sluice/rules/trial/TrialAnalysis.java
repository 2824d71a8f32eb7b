// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.metric.Measurement;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.TrialStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The statistics of one trial. What is remembered is in {@link AnalysisState}, one per engine and
 * stage; this object holds the plan and tables made of it. Not thread-safe.
 *
 * <p>The unit is the difference between the arms of one block of one symbol ({@link Contrast}).
 * With no effect it has mean 0 whatever came before, because the arms are drawn within the block,
 * so its running mean has an always-valid interval ({@link ConfidenceSequence}) and one may look as
 * often as one likes.
 */
public final class TrialAnalysis {
  private final TrialPlan plan;
  private final List<TrialMetric> metrics;
  private final StatusReport report;
  private WindowTest window;
  private double windowShare;

  public TrialAnalysis(TrialPlan plan) {
    this.plan = plan;
    this.metrics =
        Arrays.stream(TrialMetric.values())
            .filter(each -> each == TrialMetric.SLIPPAGE_BPS || plan.watches(each.metric()))
            .toList();
    this.report = new StatusReport(plan);
  }

  /** A stage that has just begun. */
  public AnalysisState begin(double share, long stageSinceUs) {
    AnalysisState state = new AnalysisState();
    state.share = share;
    state.stageSinceUs = stageSinceUs;
    return state;
  }

  /**
   * Counts one block of one symbol in. Blocks of a symbol come in ascending order, each part once;
   * one that begins before the stage does is not counted.
   *
   * @param block its number, see {@link SlotAssignment#block}
   * @param slots all slots of it that have data, both arms
   */
  public void block(
      AnalysisState state, Part part, String symbol, long block, List<SlotSums> slots) {
    long firstSlot = block * SlotAssignment.blockSlots(state.share);
    long startUs = SlotAssignment.startUs(firstSlot, plan.slotMs());
    if (startUs < state.stageSinceUs) {
      return;
    }
    for (SlotSums slot : slots) {
      (slot.arm == Arm.A ? state.totalA : state.totalB).add(part, slot);
    }
    if (state.share >= 1) {
      return;
    }
    for (TrialMetric metric : metrics) {
      if (metric.part() == part) {
        double[] values = Contrast.values(metric, slots);
        double difference = Contrast.difference(values, slots, Arm.B);
        series(state.series, metric).add(symbol, difference);
        series(state.swapped, metric).add(symbol, Contrast.difference(values, slots, Arm.A));
        if (metric == TrialMetric.SLIPPAGE_BPS) {
          long endUs = startUs + plan.blockMs(state.share) * 1_000;
          state.recentSlippage.add(symbol, endUs, difference, WindowTest.WINDOW_US);
        }
      }
    }
  }

  /**
   * Where the trial stands.
   *
   * @param nowUs event time
   * @param coveredMs event time of this stage that has data
   * @param otherReasons what else holds the promotion, as half sentences; empty for nothing
   */
  public TrialStatus status(
      AnalysisState state,
      String engineId,
      Source source,
      long nowUs,
      long coveredMs,
      List<String> otherReasons) {
    return report.of(state, engineId, source, nowUs, coveredMs, otherReasons);
  }

  /**
   * Lower bound of how much worse the slippage of B is, bps, for the metric {@code
   * delta_slippage_lower_bps}; samples = blocks; NONE with too few.
   *
   * <p>The larger of the lower bound of the confidence sequence since the stage began and of that
   * of the newest minutes ({@link WindowTest}), each at half the plan's α.
   */
  public Measurement slippageLower(AnalysisState state) {
    DeltaSeries series = state.series.get(TrialMetric.SLIPPAGE_BPS.metric().id());
    if (series == null) {
      return Measurement.NONE;
    }
    double alpha = (1 - plan.acceptance().confidence()) / 2;
    Prior prior = TrialMetric.SLIPPAGE_BPS.scale().prior();
    double lower = Interval.of(series, prior, alpha, report.horizonBlocks(state.share)).lower();
    double now = window(state, prior, alpha).lower(state.recentSlippage);
    double larger = Double.isNaN(lower) || now > lower ? now : lower;
    return Measurement.of(larger, series.count[0]);
  }

  private WindowTest window(AnalysisState state, Prior prior, double alpha) {
    int symbols = state.recentSlippage.symbols.size();
    if (window == null || windowShare != state.share || window.symbols() != symbols) {
      window = new WindowTest(prior, alpha, plan.blockMs(state.share) * 1_000, symbols);
      windowShare = state.share;
    }
    return window;
  }

  private static DeltaSeries series(Map<String, DeltaSeries> all, TrialMetric metric) {
    return all.computeIfAbsent(metric.metric().id(), id -> new DeltaSeries());
  }
}
