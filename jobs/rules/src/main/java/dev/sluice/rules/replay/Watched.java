// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.replay;

import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.Operator;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up what one criterion says of one engine. */
final class Watched {
  private final CriterionSpec spec;
  private final Map<String, Episode> open = new HashMap<>();
  private long evaluations;
  private long breaches;
  private long noData;
  private long trips;
  private double worst = Double.NaN;
  private long longestHoldUs;

  Watched(CriterionSpec spec) {
    this.spec = spec;
  }

  void heard(Verdict verdict, List<Episode> ended) {
    evaluations++;
    breaches += verdict.outcome() == VerdictOutcome.BREACH ? 1 : 0;
    noData += verdict.outcome() == VerdictOutcome.NO_DATA ? 1 : 0;
    Double measured = verdict.evidence().measured();
    if (measured != null && (Double.isNaN(worst) || worse(measured, worst))) {
      worst = measured;
    }
    boolean standing =
        verdict.phase() == Phase.TRIPPED
            || verdict.phase() == Phase.LATCHED
            || verdict.phase() == Phase.RECOVERING;
    if (verdict.phase() == Phase.PENDING) {
      longestHoldUs = Math.max(longestHoldUs, verdict.eventTimeUs() - verdict.episodeStartUs());
    }
    Episode before = open.get(verdict.scopeKey());
    if (standing) {
      open.put(verdict.scopeKey(), before == null ? began(verdict) : goesOn(before, verdict));
    } else if (before != null) {
      open.remove(verdict.scopeKey());
      ended.add(until(before, verdict.eventTimeUs()));
    }
  }

  private Episode began(Verdict verdict) {
    trips++;
    longestHoldUs = Math.max(longestHoldUs, verdict.eventTimeUs() - verdict.episodeStartUs());
    return new Episode(
        verdict.engineId(),
        spec.id(),
        verdict.scopeKey(),
        verdict.episodeStartUs(),
        verdict.eventTimeUs(),
        verdict.action() == null ? spec.action() : verdict.action(),
        verdict.outcome() == VerdictOutcome.NO_DATA,
        null,
        verdict.evidence().measured());
  }

  private Episode goesOn(Episode before, Verdict verdict) {
    Double measured = verdict.evidence().measured();
    boolean worse = measured != null && (before.worst() == null || worse(measured, before.worst()));
    Action action = verdict.action();
    boolean stronger = action != null && action.compareTo(before.action()) > 0;
    if (!worse && !stronger) {
      return before;
    }
    return new Episode(
        before.engineId(),
        before.criterionId(),
        before.scopeKey(),
        before.startUs(),
        before.trippedUs(),
        stronger ? action : before.action(),
        before.withoutData(),
        null,
        worse ? measured : before.worst());
  }

  private static Episode until(Episode episode, long endUs) {
    return new Episode(
        episode.engineId(),
        episode.criterionId(),
        episode.scopeKey(),
        episode.startUs(),
        episode.trippedUs(),
        episode.action(),
        episode.withoutData(),
        endUs,
        episode.worst());
  }

  /** What stands when the history ends. */
  List<Episode> standing() {
    return List.copyOf(open.values());
  }

  CriterionHistory history(String engineId) {
    boolean none = Double.isNaN(worst);
    return new CriterionHistory(
        engineId,
        spec.id(),
        evaluations,
        breaches,
        noData,
        trips,
        none ? null : worst,
        none ? null : distance(worst),
        longestHoldUs / 1_000);
  }

  private boolean worse(double one, double other) {
    return distance(one) < distance(other);
  }

  /** Positive on the good side of the limit; a limit that is met exactly is at 0 on either side. */
  private double distance(double measured) {
    double limit = spec.breach().value();
    double scale = limit == 0 ? 1 : Math.abs(limit);
    Operator operator = spec.breach().operator();
    return switch (operator) {
      case GREATER, GREATER_OR_EQUAL -> (limit - measured) / scale;
      case LESS, LESS_OR_EQUAL -> (measured - limit) / scale;
      case EQUAL -> Math.abs(measured - limit) / scale;
      case NOT_EQUAL -> -Math.abs(measured - limit) / scale;
    };
  }
}
