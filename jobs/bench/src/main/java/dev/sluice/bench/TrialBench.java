// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.trial.Acceptance;
import dev.sluice.rules.trial.Goal;
import dev.sluice.rules.trial.SlotSums;
import dev.sluice.rules.trial.TrialAnalysis;
import dev.sluice.rules.trial.TrialPlan;
import dev.sluice.schemas.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The statistics of trials on markets made up, where the truth is known: how often the job would
 * promote or roll back for nothing, and how long it needs to see what is there. The figures are
 * those of the shipped trial, without the guardrail on latency, with two of its five signals, and
 * with slippage alone of the four criteria of its safety. Single-threaded; the same number of
 * trials gives the same report.
 */
public final class TrialBench {
  private static final List<Double> AUTOCORRELATIONS = List.of(0.0, 0.3, 0.6, 0.9);
  private static final double EFFECT_BPS = 0.5;
  private static final double HARM_BPS = 3;
  private static final long HARM_FROM_MINUTE = 180;
  private static final double ALPHA = 0.05;
  private static final double POWER = 0.9;
  private static final int SALTS = 20;

  private static final TrialPlan LADDER = plan(List.of(0.1, 0.5, 1.0));
  private static final TrialPlan HALF = plan(List.of(0.5, 1.0));

  private final int trials;
  private final Consumer<String> progress;
  private final List<TrialSchedule> schedules = new ArrayList<>();

  private TrialBench(int trials, Consumer<String> progress) {
    this.trials = trials;
    this.progress = progress;
    for (int i = 0; i < SALTS; i++) {
      schedules.add(new TrialSchedule("bench-" + i));
    }
  }

  /**
   * Simulates.
   *
   * @param trials of each row
   * @param progress told of each row
   */
  public static TrialReport run(int trials, Consumer<String> progress) {
    return new TrialBench(trials, progress).run();
  }

  private TrialReport run() {
    long startNanos = System.nanoTime();
    List<TrialReport.NoEffect> noEffect = new ArrayList<>();
    List<TrialReport.Effect> effect = new ArrayList<>();
    List<TrialReport.Harm> harm = new ArrayList<>();
    for (double each : AUTOCORRELATIONS) {
      noEffect.add(noEffect(TrialWorld.Truth.none(each), LADDER, true));
    }
    noEffect.add(noEffect(new TrialWorld.Truth(0.6, true, 0, 0, 0), LADDER, false));
    noEffect.add(noEffect(TrialWorld.Truth.none(0.6), HALF, false));
    for (double each : AUTOCORRELATIONS) {
      effect.add(effect(each));
    }
    harm.add(harm(LADDER));
    harm.add(harm(HALF));
    double wallS = (System.nanoTime() - startNanos) / 1e9;
    return new TrialReport(trials, wallS, noEffect, effect, harm);
  }

  private TrialReport.NoEffect noEffect(
      TrialWorld.Truth truth, TrialPlan plan, boolean besideTicks) {
    TrialAnalysis analysis = new TrialAnalysis(plan);
    long promoted = 0;
    long rolledBack = 0;
    long onTicks = 0;
    for (int i = 0; i < trials; i++) {
      TrialRun.Outcome outcome = trial(plan, analysis, truth, i, false).run();
      promoted += outcome.firstPromotion() == TrialRun.NEVER ? 0 : 1;
      rolledBack += outcome.rollback() == TrialRun.NEVER ? 0 : 1;
      onTicks +=
          besideTicks && TickTest.decides(truth.autocorrelation(), ALPHA, schedule(i), i) ? 1 : 0;
    }
    progress.accept("no effect, autocorrelation " + truth.autocorrelation() + ": done");
    return new TrialReport.NoEffect(
        plan.stageNames().get(0) + " % first",
        truth.autocorrelation(),
        truth.heavyTails(),
        TrialReport.Share.of(promoted, trials),
        TrialReport.Share.of(rolledBack, trials),
        besideTicks ? TrialReport.Share.of(onTicks, trials) : null);
  }

  private TrialReport.Effect effect(double autocorrelation) {
    TrialWorld.Truth truth = new TrialWorld.Truth(autocorrelation, false, EFFECT_BPS, 0, 0);
    TrialAnalysis half = new TrialAnalysis(HALF);
    TrialAnalysis ladder = new TrialAnalysis(LADDER);
    long[] goal = new long[trials];
    long[] halfDone = new long[trials];
    long[] first = new long[trials];
    long[] last = new long[trials];
    FixedHorizon fixed = new FixedHorizon();
    for (int i = 0; i < trials; i++) {
      TrialRun run = trial(HALF, half, truth, i, true);
      TrialRun.Outcome atHalf = run.run();
      goal[i] = atHalf.goalMet();
      halfDone[i] = atHalf.lastPromotion();
      fixed.add(truth, schedule(i), i);
      TrialRun.Outcome whole = trial(LADDER, ladder, truth, i, false).run();
      first[i] = whole.firstPromotion();
      last[i] = whole.lastPromotion();
    }
    progress.accept("true effect, autocorrelation " + autocorrelation + ": done");
    return new TrialReport.Effect(
        autocorrelation,
        TrialReport.Hours.of(goal),
        TrialReport.Hours.of(halfDone),
        TrialReport.Hours.of(first),
        TrialReport.Hours.of(last),
        fixed.hoursForPower(POWER));
  }

  private TrialReport.Harm harm(TrialPlan plan) {
    TrialWorld.Truth truth = new TrialWorld.Truth(0.6, false, 0, HARM_BPS, HARM_FROM_MINUTE);
    TrialAnalysis analysis = new TrialAnalysis(plan);
    long before = 0;
    long atTenMinutes = 0;
    long[] delays = new long[trials];
    for (int i = 0; i < trials; i++) {
      TrialRun.Outcome outcome = trial(plan, analysis, truth, i, false).run();
      before += outcome.rollback() >= 0 && outcome.rollback() <= HARM_FROM_MINUTE ? 1 : 0;
      delays[i] =
          outcome.rollback() == TrialRun.NEVER
              ? TrialRun.NEVER
              : outcome.rollback() - HARM_FROM_MINUTE;
      atTenMinutes += delays[i] == 10 ? 1 : 0;
    }
    progress.accept("harm from hour 3 at " + plan.stageNames().get(0) + " %: done");
    return new TrialReport.Harm(
        plan.stageNames().get(0) + " %",
        TrialReport.Share.of(before, trials),
        TrialReport.Share.of(atTenMinutes, trials),
        TrialReport.Hours.of(delays));
  }

  private TrialRun trial(
      TrialPlan plan, TrialAnalysis analysis, TrialWorld.Truth truth, int i, boolean watchGoal) {
    return new TrialRun(plan, analysis, schedule(i), new TrialWorld(truth, i), watchGoal);
  }

  private TrialSchedule schedule(int i) {
    return schedules.get(i % SALTS);
  }

  private static TrialPlan plan(List<Double> stages) {
    return new TrialPlan(
        "simulated",
        "The shipped trial on a market made up.",
        TrialPlan.Kind.AB,
        "bench",
        60_000,
        10_000,
        stages,
        Map.of("flags.adaptive_spread", "true"),
        new Acceptance(
            86_400_000,
            1 - ALPHA,
            60,
            100,
            0.001,
            new Goal(Metric.NET_BPS, 0.2),
            Map.of(Metric.SLIPPAGE_BPS, 0.5, Metric.FILL_RATIO, 0.1),
            List.of(Metric.CAPTURE_BPS, Metric.MARKOUT_5S_BPS)),
        "simulated");
  }

  /** Welch's test of all slots so far, after each hour, each hour as if it were the only look. */
  private static final class FixedHorizon {
    private static final int HOURS = 72;

    private final long[] rejections = new long[HOURS + 1];
    private long worlds;

    void add(TrialWorld.Truth truth, TrialSchedule schedule, long seed) {
      TrialWorld world = new TrialWorld(truth, seed);
      worlds++;
      double[] sum = new double[2];
      double[] squares = new double[2];
      long[] count = new long[2];
      for (int minute = 0; minute < HOURS * 60; minute++) {
        Arm arm = schedule.arm(TrialRun.FIRST_SLOT, minute, 0.5);
        SlotSums slot = world.next(TrialRun.FIRST_SLOT + minute, arm);
        double net =
            (double) (slot.captureSumE6 + slot.markout5sSumE6 - slot.feeSumE6)
                / slot.captureWeightE6;
        sum[arm.ordinal()] += net;
        squares[arm.ordinal()] += net * net;
        count[arm.ordinal()]++;
        if ((minute + 1) % 60 == 0) {
          WelchTest test =
              WelchTest.of(
                  WelchTest.Sample.ofSums(count[0], sum[0], squares[0]),
                  WelchTest.Sample.ofSums(count[1], sum[1], squares[1]));
          rejections[(minute + 1) / 60] += test.difference() > 0 && test.p() < ALPHA ? 1 : 0;
        }
      }
    }

    /** The shortest horizon in hours with that power, −1 when three days do not do. */
    double hoursForPower(double power) {
      for (int hour = 1; hour <= HOURS; hour++) {
        if (rejections[hour] >= power * worlds) {
          return hour;
        }
      }
      return -1;
    }
  }
}
