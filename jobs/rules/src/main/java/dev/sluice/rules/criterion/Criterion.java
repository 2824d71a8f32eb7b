// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.criterion;

import dev.sluice.rules.metric.Gauges;
import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.metric.WindowView;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.Limit;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.VerdictOutcome;
import dev.sluice.schemas.text.Durations;
import java.io.Serializable;
import java.util.List;

/** One criterion: a pure function from a window, or a moment, to PASS, BREACH or NO_DATA. */
public record Criterion(CriterionSpec spec) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Judges a window. */
  public Outcome judge(WindowView window) {
    Measurement measured = spec.metric().measure(window);
    VerdictOutcome verdict = verdict(measured);
    return new Outcome(
        verdict,
        verdict == VerdictOutcome.PASS && spec.recover().holds(measured.value()),
        verdict == VerdictOutcome.BREACH ? breachUntilUs(window) : 0,
        verdict == VerdictOutcome.NO_DATA ? Double.NaN : measured.value(),
        measured.samples(),
        window.coverageRatio(),
        window.sum(Bucket::seqGaps),
        reason(verdict, measured));
  }

  /** Judges a moment, for instant criteria. */
  public Outcome judge(Gauges gauges) {
    return judge(spec.metric().measure(gauges), gauges.asOfUs());
  }

  /** Judges a value of the moment. */
  public Outcome judge(Measurement measured, long atUs) {
    return judgeUntil(measured, atUs);
  }

  /**
   * Judges a value that was measured elsewhere.
   *
   * @param untilUs end of the newest evidence that violates the limit by itself
   */
  public Outcome judgeUntil(Measurement measured, long untilUs) {
    VerdictOutcome verdict = verdict(measured);
    return new Outcome(
        verdict,
        verdict == VerdictOutcome.PASS && spec.recover().holds(measured.value()),
        verdict == VerdictOutcome.BREACH ? untilUs : 0,
        verdict == VerdictOutcome.NO_DATA ? Double.NaN : measured.value(),
        measured.samples(),
        measured.present() ? 1 : 0,
        0,
        reason(verdict, measured));
  }

  private VerdictOutcome verdict(Measurement measured) {
    if (!measured.present() || measured.samples() < spec.minSamples()) {
      return VerdictOutcome.NO_DATA;
    }
    return spec.breach().holds(measured.value()) ? VerdictOutcome.BREACH : VerdictOutcome.PASS;
  }

  /** End of the newest start that violates the limit by itself. */
  private long breachUntilUs(WindowView window) {
    Metric metric = spec.metric();
    if (!metric.perBucket()) {
      return window.endUs();
    }
    List<Bucket> buckets = window.buckets();
    int end = buckets.size();
    while (end > 0) {
      int begin = end - 1;
      long startUs = buckets.get(begin).startUs();
      while (begin > 0 && buckets.get(begin - 1).startUs() == startUs) {
        begin--;
      }
      WindowView one = window.only(buckets.subList(begin, end));
      Measurement measured = metric.measure(one);
      if (measured.present() && spec.breach().holds(measured.value())) {
        return one.endUs();
      }
      end = begin;
    }
    return window.startUs();
  }

  private String reason(VerdictOutcome verdict, Measurement measured) {
    String over = spec.instant() ? "" : " over " + Durations.format(spec.overMs());
    String name = spec.metric().id();
    return switch (verdict) {
      case NO_DATA ->
          name
              + " has "
              + measured.samples()
              + " samples"
              + over
              + ", "
              + spec.minSamples()
              + " needed";
      case BREACH -> name + " is " + value(measured) + over + ", in breach when " + spec.breach();
      case PASS -> name + " is " + value(measured) + over + ", not " + spec.breach();
    };
  }

  private String value(Measurement measured) {
    double rounded = Math.round(measured.value() * 1e4) / 1e4;
    return Limit.number(rounded) + (plain(spec.metric().unit()) ? "" : " " + spec.metric().unit());
  }

  /** A share and a count need no unit beside them. */
  private static boolean plain(String unit) {
    return unit.equals("ratio") || unit.equals("1");
  }
}
