// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.criterion;

import dev.sluice.schemas.VerdictOutcome;

/**
 * What one criterion says of one window, with the numbers it was said on.
 *
 * @param recovers true when the recover condition holds; never with BREACH or NO_DATA
 * @param breachUntilUs for BREACH: end of the newest bucket that violates the limit by itself, so
 *     that a hold measures evidence and not the smear of the window; the time of judgement where a
 *     metric has no value per bucket; 0 otherwise. Event time, microseconds
 * @param measured NaN for NO_DATA
 * @param coverageRatio buckets with data / buckets in the window, 0..1
 * @param gaps records known to be missing in the window
 * @param reason one sentence
 */
public record Outcome(
    VerdictOutcome verdict,
    boolean recovers,
    long breachUntilUs,
    double measured,
    long samples,
    double coverageRatio,
    long gaps,
    String reason) {

  /** The same outcome, with evidence that reaches as far as this. */
  public Outcome until(long otherBreachUntilUs) {
    return new Outcome(
        verdict, recovers, otherBreachUntilUs, measured, samples, coverageRatio, gaps, reason);
  }

  /** True for BREACH. */
  public boolean breach() {
    return verdict == VerdictOutcome.BREACH;
  }

  /** True for NO_DATA. */
  public boolean noData() {
    return verdict == VerdictOutcome.NO_DATA;
  }
}
