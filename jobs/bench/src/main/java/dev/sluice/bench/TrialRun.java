// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.rules.trial.AnalysisState;
import dev.sluice.rules.trial.Part;
import dev.sluice.rules.trial.SlotSums;
import dev.sluice.rules.trial.TrialAnalysis;
import dev.sluice.rules.trial.TrialPlan;
import dev.sluice.schemas.Rollout;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * One trial of a week through the job's own analysis: a look at each closed block (between them
 * nothing but the covered time changes), promoted when the status wishes it, rolled back when the
 * slippage is surely worse for ten minutes of evidence.
 */
final class TrialRun {
  static final long MINUTES = 7 * 24 * 60;

  static final long FIRST_SLOT = 29_001_600; // a border of every block
  private static final long MINUTE_US = 60_000_000;
  private static final long HOLD_MINUTES = 10;

  /**
   * What became of it, minutes since the trial began; {@value #NEVER} for never within the week.
   *
   * @param goalMet first look with which the goal was met, whatever else was missing; only where
   *     watched
   * @param firstPromotion out of the first stage
   * @param lastPromotion to all slots
   * @param firstAlarm end of the first block with which the slippage was surely worse
   */
  record Outcome(
      long goalMet, long firstPromotion, long lastPromotion, long rollback, long firstAlarm) {}

  static final long NEVER = -1;

  private final TrialPlan plan;
  private final TrialAnalysis analysis;
  private final TrialSchedule schedule;
  private final TrialWorld world;
  private final boolean watchGoal;
  private long goalMet = NEVER;
  private long firstPromotion = NEVER;
  private long rollback = NEVER;
  private long firstAlarm = NEVER;
  private long worseSince = NEVER;

  /**
   * @param watchGoal look at the goal before the dwell is over, too
   */
  TrialRun(
      TrialPlan plan,
      TrialAnalysis analysis,
      TrialSchedule schedule,
      TrialWorld world,
      boolean watchGoal) {
    this.plan = plan;
    this.analysis = analysis;
    this.schedule = schedule;
    this.world = world;
    this.watchGoal = watchGoal;
  }

  Outcome run() {
    long minute = 0;
    for (double share : plan.stages()) {
      if (share >= 1 || minute == NEVER) {
        break;
      }
      minute = stage(share, minute);
      firstPromotion = firstPromotion == NEVER ? minute : firstPromotion;
    }
    return new Outcome(goalMet, firstPromotion, minute, rollback, firstAlarm);
  }

  /** Minute of its promotion; NEVER when it is rolled back or the week ends before. */
  private long stage(double share, long fromMinute) {
    AnalysisState state = analysis.begin(share, (FIRST_SLOT + fromMinute) * MINUTE_US);
    int slots = SlotAssignment.blockSlots(share);
    worseSince = NEVER;
    long minute = fromMinute;
    while (minute + slots <= MINUTES) {
      long block = SlotAssignment.block(FIRST_SLOT + minute, share);
      long until = (block + 1) * slots - FIRST_SLOT;
      List<SlotSums> sums = new ArrayList<>(slots);
      for (; minute < until; minute++) {
        sums.add(world.next(FIRST_SLOT + minute, schedule.arm(FIRST_SLOT, (int) minute, share)));
      }
      analysis.block(state, Part.AT_ONCE, TrialWorld.symbol(), block, sums);
      analysis.block(state, Part.MARKED, TrialWorld.symbol(), block, sums);
      if (worseForLong(state, until - slots, until)) {
        rollback = until;
        return NEVER;
      }
      if (wishesPromotion(state, fromMinute, until)) {
        return until;
      }
    }
    return NEVER;
  }

  private boolean worseForLong(AnalysisState state, long blockStart, long blockEnd) {
    if (!(analysis.slippageLower(state).value() > 0)) {
      worseSince = NEVER;
      return false;
    }
    firstAlarm = firstAlarm == NEVER ? blockEnd : firstAlarm;
    worseSince = worseSince == NEVER ? blockStart : worseSince;
    return blockEnd - worseSince >= HOLD_MINUTES;
  }

  private boolean wishesPromotion(AnalysisState state, long fromMinute, long nowMinute) {
    long coveredMs = (nowMinute - fromMinute) * 60_000;
    boolean lookForGoal = watchGoal && goalMet == NEVER;
    if (coveredMs < plan.acceptance().dwellMs() && !lookForGoal) {
      return false;
    }
    long nowUs = (FIRST_SLOT + nowMinute) * MINUTE_US;
    TrialStatus status =
        analysis.status(state, "sim", Source.SIMULATED, nowUs, coveredMs, List.of());
    if (lookForGoal && status.deltas().get(0).outcome() == VerdictOutcome.PASS) {
      goalMet = nowMinute;
    }
    return status.wish() == Rollout.PROMOTE;
  }
}
