// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.release;

import dev.sluice.rules.spec.Limit;

/**
 * One gate of a stage.
 *
 * @param id unique within its stage
 * @param description one sentence for whoever is stopped by it
 * @param pass what the value must be, as in {@code >= 0.70}
 * @param unit of the value; {@code 1} for a bare number
 * @param minSamples with fewer it is NO_DATA; at least 1
 * @param maxAgeMs with older evidence it is NO_DATA; at least 1
 * @param windowMs the time looked at, backwards from its end
 * @param hard nobody may waive it
 * @param mend what to do when it does not pass
 */
public record ReleaseGate(
    String id,
    String description,
    Limit pass,
    String unit,
    long minSamples,
    long maxAgeMs,
    long windowMs,
    boolean hard,
    String mend) {
  /** Checks itself. */
  public ReleaseGate {
    if (minSamples < 1) {
      throw new IllegalArgumentException(
          "`" + id + "`: min_samples is at least 1: a gate that passes on nothing is none");
    }
    if (maxAgeMs < 1) {
      throw new IllegalArgumentException(
          "`" + id + "`: max_age is more than nothing: yesterday's evidence says nothing of today");
    }
    if (windowMs < 1) {
      throw new IllegalArgumentException("`" + id + "`: window is more than nothing");
    }
  }
}
