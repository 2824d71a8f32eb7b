// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.metric.Measurement;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.TrialStatus;
import java.util.List;

/**
 * The statistics of one trial. Holds nothing but the plan: what is remembered is in {@link
 * AnalysisState}, one per engine and stage. Thread-safe as long as a state is used by one thread.
 */
public final class TrialAnalysis {
  private final TrialPlan plan;

  public TrialAnalysis(TrialPlan plan) {
    this.plan = plan;
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
   * @param block its number, see {@link dev.sluice.schemas.SlotAssignment#block}
   * @param slots all slots of it that have data, both arms
   */
  public void block(
      AnalysisState state, Part part, String symbol, long block, List<SlotSums> slots) {
    throw new UnsupportedOperationException(plan.id());
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
    throw new UnsupportedOperationException(plan.id());
  }

  /**
   * Lower bound of how much worse the slippage of B is, bps, for the metric {@code
   * delta_slippage_lower_bps}; samples = blocks; NONE with too few.
   */
  public Measurement slippageLower(AnalysisState state) {
    throw new UnsupportedOperationException(plan.id());
  }
}
