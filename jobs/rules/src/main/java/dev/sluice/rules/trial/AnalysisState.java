// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import java.util.HashMap;
import java.util.Map;

/** What is remembered of one stage of a trial; its public fields are the state. */
public final class AnalysisState {
  /** Share of slots that are treated. */
  public double share;

  /** Event time from which the stage is in force; blocks that begin before do not count. */
  public long stageSinceUs;

  public ArmTotals totalA = new ArmTotals();
  public ArmTotals totalB = new ArmTotals();

  /** Block differences B − A by metric id. */
  public Map<String, DeltaSeries> series = new HashMap<>();

  /** The same with the arms swapped, by the same code: the mirror image, or something is wrong. */
  public Map<String, DeltaSeries> swapped = new HashMap<>();

  /** Differences of slippage, for the safety of the trial. */
  public RecentSeries recentSlippage = new RecentSeries();

  public AnalysisState() {}
}
