// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.criteria;

import dev.sluice.rules.metric.Family;
import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.GapPolicy;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.text.Durations;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A criterion in sentences, made of nothing but its specification. */
public final class Explanation {
  private static final long BUCKET_MS = 10_000;

  private Explanation() {}

  /** Sentences by heading, in the order to be read. */
  public static Map<String, String> of(CriterionSpec spec) {
    Map<String, String> lines = new LinkedHashMap<>();
    Metric metric = spec.metric();
    lines.put("what", spec.description() == null ? "(no description)" : spec.description());
    lines.put("measures", metric.id() + " in " + metric.unit() + ": " + metric.formula());
    lines.put("judged", judged(spec));
    lines.put("breach", breach(spec));
    lines.put("then", then(spec));
    lines.put("recovers", recovers(spec));
    lines.put("without data", withoutData(spec));
    lines.put("at the earliest", earliest(spec));
    lines.put("mode", mode(spec.mode()));
    lines.put("hash", spec.criteriaHash());
    return lines;
  }

  private static String judged(CriterionSpec spec) {
    String each =
        spec.instant()
            ? "at once, on each new measurement"
            : "over the last "
                + Durations.format(spec.overMs())
                + ", every "
                + Durations.format(Math.max(spec.everyMs(), BUCKET_MS));
    return each
        + "; scope "
        + spec.scope().name().toLowerCase(Locale.ROOT)
        + (spec.engines().isEmpty() ? "" : " of " + String.join(", ", spec.engines()))
        + (spec.minSamples() > 1
            ? "; with fewer than " + spec.minSamples() + " samples NO_DATA"
            : "")
        + (spec.warmupMs() > 0
            ? "; not in the first " + Durations.format(spec.warmupMs()) + " after a start"
            : "");
  }

  private static String breach(CriterionSpec spec) {
    String when = "when " + spec.metric().id() + " " + spec.breach();
    if (spec.outOf() > 0 && spec.atLeast() > 0 && spec.outOf() > 1) {
      return when + ", in at least " + spec.atLeast() + " of " + spec.outOf() + " evaluations";
    }
    return spec.holdMs() == 0
        ? when + ": trips at once"
        : when
            + ", and trips when that has held without interruption for "
            + Durations.format(spec.holdMs())
            + "; a hole in the data "
            + gap(spec);
  }

  private static String gap(CriterionSpec spec) {
    String policy =
        switch (spec.gapPolicy()) {
          case RESET -> "starts the hold anew";
          case FREEZE -> "stops the hold's clock";
          case COUNT -> "counts as breach";
        };
    return spec.gapPolicy() == GapPolicy.RESET
        ? policy
        : policy + " for at most " + Durations.format(spec.gapMaxMs());
  }

  private static String then(CriterionSpec spec) {
    return spec.action()
        + " ("
        + spec.severity().name().toLowerCase(Locale.ROOT)
        + ")"
        + (spec.actionInTrial() == null ? "" : ", " + spec.actionInTrial() + " while a trial runs")
        + (spec.escalateTo() == null
            ? ""
            : "; "
                + spec.escalateTo()
                + " after another "
                + Durations.format(spec.escalateAfterMs()))
        + (spec.warnAt() == 0
            ? ""
            : "; `"
                + spec.id()
                + CriterionSpec.WARNING_SUFFIX
                + "` alerts at "
                + spec.warnAt()
                + " of the limit");
  }

  private static String recovers(CriterionSpec spec) {
    if (spec.latch()) {
      return "never by itself: latched until a person says RESUME";
    }
    return "when "
        + spec.metric().id()
        + " "
        + spec.recover()
        + (spec.recoverHoldMs() > 0 ? " for " + Durations.format(spec.recoverHoldMs()) : "")
        + (spec.action() == Action.HALT || spec.action() == Action.FLATTEN
            ? "; the engine stays in " + spec.action() + " until a person says RESUME"
            : "")
        + (spec.flapTrips() > 0
            ? "; "
                + spec.flapTrips()
                + " trips within "
                + Durations.format(spec.flapWithinMs())
                + " latch it for a person"
            : "");
  }

  private static String withoutData(CriterionSpec spec) {
    return "NO_DATA, and "
        + spec.missingAction()
        + " when that has lasted "
        + Durations.format(spec.missingAfterMs());
  }

  private static String earliest(CriterionSpec spec) {
    if (spec.metric().family() != Family.BUCKETS || spec.instant()) {
      return spec.holdMs() == 0
          ? "trips with the first bad measurement"
          : "trips " + Durations.format(spec.holdMs()) + " after the first bad measurement";
    }
    return "trips "
        + Durations.format(spec.holdMs() + BUCKET_MS)
        + " after things have turned bad (the bucket that shows it, and the hold), later where the"
        + " window still has good data";
  }

  private static String mode(Enforcement mode) {
    return switch (mode) {
      case ENFORCE -> "enforce: the gate acts on it";
      case SHADOW -> "shadow: judged and published, and nothing acts on it";
      case OFF -> "off: not judged";
    };
  }
}
