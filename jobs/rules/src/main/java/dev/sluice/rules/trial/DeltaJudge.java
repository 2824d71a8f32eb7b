// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.metric.Direction;
import dev.sluice.rules.metric.Metric;
import dev.sluice.schemas.DeltaRole;

/** What the difference of one metric says in its role. */
final class DeltaJudge {
  private final TrialPlan plan;
  private final Acceptance acceptance;

  DeltaJudge(TrialPlan plan) {
    this.plan = plan;
    this.acceptance = plan.acceptance();
  }

  /** The role of a metric the plan names. */
  DeltaRole role(Metric metric) {
    if (acceptance.goal() != null && acceptance.goal().metric() == metric) {
      return DeltaRole.GOAL;
    }
    return acceptance.guardrails().containsKey(metric) ? DeltaRole.GUARDRAIL : DeltaRole.SIGNAL;
  }

  /**
   * Judges.
   *
   * @param interval of the differences as they are compared
   * @param without blocks that gave no difference
   */
  Finding judge(TrialMetric metric, Interval interval, long without) {
    DeltaRole role = role(metric.metric());
    boolean highIsBad = metric.metric().direction() == Direction.HIGH_IS_BAD;
    Interval gain = highIsBad ? interval.negated() : interval;
    String text = text(metric, interval);
    if (plan.kind() == TrialPlan.Kind.AA && interval.excludesZero()) {
      return Finding.of(
          Hold.WORSE, text + ": A/A sees a difference that cannot be, both arms are alike");
    }
    if (role == DeltaRole.SIGNAL) {
      return signal(interval, gain, text);
    }
    long needed = Math.max(acceptance.minBlocks(), Interval.MIN_COUNT);
    if (interval.count() < needed) {
      return Finding.of(Hold.UNKNOWN, tooFew(metric, interval.count(), needed, without));
    }
    return role == DeltaRole.GOAL
        ? goal(metric, gain, text)
        : guardrail(metric, gain, text, acceptance.guardrails().get(metric.metric()));
  }

  private static Finding signal(Interval interval, Interval gain, String text) {
    if (!interval.bounded()) {
      return Finding.ignorance(text);
    }
    return gain.upper() < 0
        ? Finding.of(Hold.WORSE, text + ": surely worse")
        : Finding.of(Hold.NONE, text);
  }

  /** Superiority: better by so much, and surely better than nothing. */
  private Finding goal(TrialMetric metric, Interval gain, String text) {
    double least = acceptance.goal().atLeast();
    if (gain.upper() < 0) {
      return Finding.of(Hold.WORSE, text + ": surely worse");
    }
    if (!(gain.lower() > 0)) {
      boolean up = metric.metric().direction() == Direction.LOW_IS_BAD;
      return Finding.of(
          Hold.NOT_SHOWN, text + (up ? ": lower bound not above 0" : ": upper bound not below 0"));
    }
    if (!(Contrast.shown(metric, gain.estimate()) >= least)) {
      return Finding.of(
          Hold.NOT_SHOWN,
          text + ": better, but by less than " + plain(least) + metric.scale().unit());
    }
    return Finding.of(Hold.NONE, text);
  }

  /** Non-inferiority: surely not worse by more than the margin. */
  private static Finding guardrail(TrialMetric metric, Interval gain, String text, double margin) {
    double worst = -least(metric, gain.lower());
    if (worst <= margin) {
      return Finding.of(Hold.NONE, text);
    }
    boolean surely = -least(metric, gain.upper()) > margin;
    return Finding.of(
        surely ? Hold.WORSE : Hold.NOT_SHOWN,
        text
            + (surely ? ": surely worse by more than " : ": may be worse by more than ")
            + plain(margin)
            + metric.scale().unit());
  }

  /** A bound of the gain as shown: of a relative metric with more being bad, −(B / A − 1). */
  private static double least(TrialMetric metric, double gain) {
    boolean highIsBad = metric.metric().direction() == Direction.HIGH_IS_BAD;
    return highIsBad ? -Contrast.shown(metric, -gain) : Contrast.shown(metric, gain);
  }

  private static String tooFew(TrialMetric metric, long count, long needed, long without) {
    return metric.metric().id()
        + " has "
        + count
        + " of "
        + needed
        + " blocks"
        + (without == 0 ? "" : " (" + without + " had samples in one arm at most)");
  }

  private static String text(TrialMetric metric, Interval interval) {
    if (Double.isNaN(interval.estimate())) {
      return metric.metric().id() + " has no block with samples in both arms";
    }
    String estimate =
        metric.metric().id()
            + " "
            + metric.scale().text(Contrast.shown(metric, interval.estimate()));
    return interval.bounded()
        ? estimate
            + " in "
            + metric
                .scale()
                .range(
                    Contrast.shown(metric, interval.lower()),
                    Contrast.shown(metric, interval.upper()))
        : estimate + " after " + interval.count() + " blocks, too few for a bound";
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
