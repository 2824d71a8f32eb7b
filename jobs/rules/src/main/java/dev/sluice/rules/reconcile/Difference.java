// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.Severity;

/**
 * One difference and its life so far.
 *
 * @param observation as seen last
 * @param severity the worst so far, raised with time
 * @param firstSeenUs when it began
 * @param confirmedUs evaluation that confirmed it, 0 before
 * @param severityUs evaluation at which it took its severity
 * @param seen evaluations that saw it
 * @param missed good evaluations in a row that did not
 */
public record Difference(
    Observation observation,
    Stage stage,
    Severity severity,
    long firstSeenUs,
    long confirmedUs,
    long severityUs,
    int seen,
    int missed) {

  static Difference candidate(Observation observation, int seen) {
    return new Difference(
        observation, Stage.CANDIDATE, observation.severity(), observation.sinceUs(), 0, 0, seen, 0);
  }

  Difference seenAgain(Observation now) {
    return new Difference(now, stage, severity, firstSeenUs, confirmedUs, severityUs, seen + 1, 0);
  }

  Difference missedOnce() {
    return new Difference(
        observation, stage, severity, firstSeenUs, confirmedUs, severityUs, seen, missed + 1);
  }

  Difference confirmed(long atUs) {
    return new Difference(
        observation, Stage.STANDING, observation.severity(), firstSeenUs, atUs, atUs, seen, missed);
  }

  Difference worse(Severity next, long atUs) {
    return new Difference(observation, stage, next, firstSeenUs, confirmedUs, atUs, seen, missed);
  }

  Difference acknowledged() {
    return new Difference(
        observation,
        Stage.ACKNOWLEDGED,
        severity,
        firstSeenUs,
        confirmedUs,
        severityUs,
        seen,
        missed);
  }

  boolean standing(Severity wanted) {
    return stage == Stage.STANDING && severity == wanted;
  }
}
