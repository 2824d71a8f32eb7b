// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

import dev.sluice.rules.metric.Metric;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Severity;
import java.io.Serializable;
import java.util.List;

/**
 * One criterion, checked and complete. Written by {@link CriteriaYaml}; the keys and defaults are
 * in {@link CriterionDraft}.
 *
 * @param overMs window of the metric, a multiple of the bucket; 0 for an instant criterion
 * @param everyMs cadence of evaluation, aligned to event time, a multiple of the bucket
 * @param breach when this holds the outcome is BREACH
 * @param recover when this holds a tripped guard may recover; never together with breach
 * @param holdMs how long the breach must last, in evidence
 * @param atLeast with {@code outOf}: breaches among the last evaluations, instead of a hold; 0 =
 *     hold
 * @param minSamples fewer samples are NO_DATA
 * @param missingAfterMs NO_DATA for this long asks for {@code missingAction}
 * @param actionInTrial replaces {@code action} while a trial runs, null when it does not; a verdict
 *     carries both and the gate, which knows the stage, takes its pick
 * @param escalateTo null when it never escalates
 * @param flapTrips so many trips within {@code flapWithinMs} latch the guard; 0 = never
 * @param warmupMs buckets that start earlier than this after the process did are not judged
 * @param warnAt share of the limit at which its warning speaks, 0..1 exclusive; 0 = no warning. The
 *     warning is a criterion of its own: {@link #warning()}
 * @param engines engines it is about, for scope portfolio; empty = all of the roster
 */
public record CriterionSpec(
    String id,
    String description,
    Metric metric,
    boolean instant,
    long overMs,
    long everyMs,
    Limit breach,
    Limit recover,
    long holdMs,
    int atLeast,
    int outOf,
    long recoverHoldMs,
    GapPolicy gapPolicy,
    long gapMaxMs,
    long minSamples,
    long missingAfterMs,
    Action missingAction,
    Severity severity,
    Action action,
    Action actionInTrial,
    Action escalateTo,
    long escalateAfterMs,
    boolean latch,
    int flapTrips,
    long flapWithinMs,
    Scope scope,
    Enforcement mode,
    long warmupMs,
    double warnAt,
    List<String> engines)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What the id of a warning ends with. */
  public static final String WARNING_SUFFIX = "-warning";

  /** What the id of a staged criterion ends with. */
  public static final String STAGED_SUFFIX = "-staged";

  /** Keeps its own copy of the list. */
  public CriterionSpec {
    engines = List.copyOf(engines);
  }

  /**
   * The criterion that speaks before this one acts: the same measurement against {@code warnAt}
   * times the limits, severity warning, ALERT, no latch of any kind.
   *
   * @throws IllegalStateException when this one has no {@code warnAt}
   */
  public CriterionSpec warning() {
    if (warnAt == 0) {
      throw new IllegalStateException(id + " has no warn_at");
    }
    return new CriterionSpec(
        id + WARNING_SUFFIX,
        description,
        metric,
        instant,
        overMs,
        everyMs,
        breach.times(warnAt),
        recover.times(warnAt),
        holdMs,
        atLeast,
        outOf,
        recoverHoldMs,
        gapPolicy,
        gapMaxMs,
        minSamples,
        missingAfterMs,
        Action.ALERT,
        Severity.WARNING,
        Action.ALERT,
        null,
        null,
        0,
        false,
        0,
        flapWithinMs,
        scope,
        mode,
        warmupMs,
        0,
        engines);
  }

  /** The same about these engines only. */
  public CriterionSpec about(List<String> otherEngines) {
    return with(id, mode, warnAt, otherEngines);
  }

  /** The same, acted on. */
  public CriterionSpec enforced() {
    return with(id, Enforcement.ENFORCE, warnAt, engines);
  }

  /**
   * The same, judged beside what is in force: an id of its own, in shadow, without its warning.
   * Nothing acts on it, and it never speaks in the name of the other.
   */
  public CriterionSpec staged() {
    return with(id + STAGED_SUFFIX, Enforcement.SHADOW, 0, engines);
  }

  private CriterionSpec with(
      String otherId, Enforcement otherMode, double otherWarnAt, List<String> otherEngines) {
    return new CriterionSpec(
        otherId,
        description,
        metric,
        instant,
        overMs,
        everyMs,
        breach,
        recover,
        holdMs,
        atLeast,
        outOf,
        recoverHoldMs,
        gapPolicy,
        gapMaxMs,
        minSamples,
        missingAfterMs,
        missingAction,
        severity,
        action,
        actionInTrial,
        escalateTo,
        escalateAfterMs,
        latch,
        flapTrips,
        flapWithinMs,
        scope,
        otherMode,
        warmupMs,
        otherWarnAt,
        otherEngines);
  }

  /**
   * What is measured, and how often: metric, window, cadence, scope. Two criteria in which these
   * are equal look at the same figure, whatever their limits.
   */
  public String measurement() {
    return String.join(
        "|",
        metric.id(),
        Boolean.toString(instant),
        Long.toString(overMs),
        Long.toString(everyMs),
        scope.name());
  }

  /**
   * The canonical form: every component that can change a judgement, one {@code name=value} a line,
   * in the order of the components. The description is not part of it; {@code warn_at} and {@code
   * engines} are only where they are set.
   */
  public String canonical() {
    return "id="
        + id
        + "\nmetric="
        + metric.id()
        + "\ninstant="
        + instant
        + "\nover_ms="
        + overMs
        + "\nevery_ms="
        + everyMs
        + "\nbreach="
        + breach
        + "\nrecover="
        + recover
        + "\nhold_ms="
        + holdMs
        + "\nat_least="
        + atLeast
        + " of "
        + outOf
        + "\nrecover_hold_ms="
        + recoverHoldMs
        + "\ngap="
        + gapPolicy
        + " "
        + gapMaxMs
        + "\nmin_samples="
        + minSamples
        + "\non_missing="
        + missingAction
        + " "
        + missingAfterMs
        + "\nseverity="
        + severity
        + "\naction="
        + action
        + "\naction_in_trial="
        + actionInTrial
        + "\nescalate="
        + escalateTo
        + " "
        + escalateAfterMs
        + "\nlatch="
        + latch
        + "\nflap="
        + flapTrips
        + " "
        + flapWithinMs
        + "\nscope="
        + scope
        + "\nmode="
        + mode
        + "\nwarmup_ms="
        + warmupMs
        + "\n"
        + (warnAt == 0 ? "" : "warn_at=" + Limit.number(warnAt) + "\n")
        + (engines.isEmpty() ? "" : "engines=" + String.join(",", engines) + "\n");
  }

  /** SHA-256 of the canonical form: identity of the criterion's text on verdicts and decisions. */
  public String criteriaHash() {
    return Sha256.hex(canonical());
  }
}
