// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

import dev.sluice.rules.metric.Direction;
import dev.sluice.rules.metric.Family;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.text.Durations;
import java.util.regex.Pattern;

/** Contradictions within one criterion, each as a sentence for its author. */
final class CriterionChecks {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final int MOST_EVALUATIONS = 63;

  private CriterionChecks() {}

  /** The first contradiction, or null. */
  static String problem(CriterionSpec spec, CriterionDraft draft) {
    String problem = identity(spec);
    problem = problem == null ? window(spec, draft) : problem;
    problem = problem == null ? limits(spec) : problem;
    problem = problem == null ? portfolio(spec) : problem;
    return problem == null ? guard(spec, draft) : problem;
  }

  private static String portfolio(CriterionSpec spec) {
    if (spec.warnAt() != 0) {
      boolean upward =
          switch (spec.breach().operator()) {
            case GREATER, GREATER_OR_EQUAL -> spec.breach().value() > 0;
            case LESS, LESS_OR_EQUAL, EQUAL, NOT_EQUAL -> false;
          };
      if (!upward) {
        return "warn_at needs a breach above a positive limit, as in \"> 0.05\"";
      }
      if (!(spec.warnAt() > 0 && spec.warnAt() < 1)) {
        return "warn_at is a share of the limit above 0 and below 1";
      }
      String warningId = spec.id() + CriterionSpec.WARNING_SUFFIX;
      if (!ID.matcher(warningId).matches()) {
        return "with warn_at, `" + warningId + "` must be an id too: at most 64 characters";
      }
    }
    if (spec.engines().isEmpty()) {
      return null;
    }
    if (spec.scope() != Scope.PORTFOLIO) {
      return "engines is for scope portfolio; other scopes are judged on every engine";
    }
    boolean once = spec.engines().stream().distinct().count() == spec.engines().size();
    return once ? null : "engines names one twice";
  }

  private static String identity(CriterionSpec spec) {
    if (!ID.matcher(spec.id()).matches()) {
      return "an id is lower case letters, digits and dashes, at most 64";
    }
    boolean portfolio = spec.metric().family() == Family.PORTFOLIO;
    if (portfolio != (spec.scope() == Scope.PORTFOLIO)) {
      return portfolio
          ? spec.metric().id() + " is of all engines together; scope must be portfolio"
          : "scope portfolio is for the metrics of portfolio risk";
    }
    if (spec.metric().symbolOnly() && spec.scope() != Scope.SYMBOL) {
      return spec.metric().id() + " is of one symbol's market; scope must be symbol";
    }
    return !portfolio && spec.metric().engineOnly() && spec.scope() != Scope.ENGINE
        ? spec.metric().id() + " is of the whole engine; scope must be engine"
        : null;
  }

  private static String window(CriterionSpec spec, CriterionDraft draft) {
    if (spec.instant() != spec.metric().instant()) {
      return spec.instant()
          ? spec.metric().id() + " needs a window: give `over` instead of `instant: true`"
          : spec.metric().id() + " is a state of the moment: write `instant: true`, no `over`";
    }
    if (spec.instant()) {
      boolean windowed = draft.overMs != null || draft.everyMs != null || draft.warmupMs > 0;
      return windowed ? "an instant criterion has no over, every or warmup" : null;
    }
    if (spec.overMs() <= 0 || spec.overMs() % CriterionDraft.BUCKET_MS != 0) {
      return "over must be a multiple of the bucket (" + bucket() + ")";
    }
    if (spec.overMs() > CriteriaYaml.MAX_OVER_MS) {
      return "over is at most " + Durations.format(CriteriaYaml.MAX_OVER_MS);
    }
    return spec.everyMs() <= 0 || spec.everyMs() % CriterionDraft.BUCKET_MS != 0
        ? "every must be a multiple of the bucket (" + bucket() + ")"
        : null;
  }

  private static String limits(CriterionSpec spec) {
    if (spec.breach().overlaps(spec.recover())) {
      return "recover " + spec.recover() + " and breach " + spec.breach() + " can both hold";
    }
    if (against(spec)) {
      return "breach " + spec.breach() + " looks at the good end of " + spec.metric().id();
    }
    return spec.metric().unit().equals("ratio") && Math.abs(spec.breach().value()) > 1
        ? "ratios are 0..1, the limit is " + Limit.number(spec.breach().value())
        : null;
  }

  private static boolean against(CriterionSpec spec) {
    return switch (spec.breach().operator()) {
      case GREATER, GREATER_OR_EQUAL -> spec.metric().direction() == Direction.LOW_IS_BAD;
      case LESS, LESS_OR_EQUAL -> spec.metric().direction() == Direction.HIGH_IS_BAD;
      case EQUAL, NOT_EQUAL -> false;
    };
  }

  private static String guard(CriterionSpec spec, CriterionDraft draft) {
    if (spec.atLeast() > 0 && spec.holdMs() > 0) {
      return "hold and at_least are two different things; give one";
    }
    boolean counted = spec.outOf() > 0;
    if (counted
        && (spec.atLeast() < 1
            || spec.atLeast() > spec.outOf()
            || spec.outOf() > MOST_EVALUATIONS)) {
      return "at_least is n of m with 1 ≤ n ≤ m ≤ " + MOST_EVALUATIONS;
    }
    if (spec.escalateTo() == null ? draft.escalateAfterMs > 0 : draft.escalateAfterMs == 0) {
      return "escalate needs both: {to: HALT, after: 5m}";
    }
    if (spec.escalateTo() != null && spec.escalateTo().compareTo(spec.action()) <= 0) {
      return "escalate.to " + spec.escalateTo() + " is not above action " + spec.action();
    }
    if (spec.flapTrips() == 1) {
      return "one trip is no flapping: latch: true latches on the first, flap.trips: 0 never";
    }
    if (spec.minSamples() < 1) {
      return "min_samples is at least 1";
    }
    if (spec.warmupMs() > 0 && spec.missingAfterMs() <= spec.warmupMs()) {
      return "on_missing.after must exceed warmup, or every start acts";
    }
    return spec.severity() == Severity.INFO && spec.action().mode() != Mode.RUN
        ? "severity info cannot stop an engine with " + spec.action()
        : null;
  }

  private static String bucket() {
    return Durations.format(CriterionDraft.BUCKET_MS);
  }
}
