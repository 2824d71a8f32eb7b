// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.replay;

import dev.sluice.schemas.Action;
import dev.sluice.schemas.Nullable;

/**
 * One trip of one criterion on one key.
 *
 * @param scopeKey symbol or arm; empty for the engine
 * @param startUs when the breach (or the hole in the data) began, event time
 * @param trippedUs when the hold was over
 * @param action the strongest it asked for
 * @param withoutData true where it was silence that tripped it
 * @param endUs when it was clear again; null while it stands at the end of the history
 * @param worst the measurement furthest beyond the limit; null where there was none
 */
public record Episode(
    String engineId,
    String criterionId,
    String scopeKey,
    long startUs,
    long trippedUs,
    Action action,
    boolean withoutData,
    @Nullable Long endUs,
    @Nullable Double worst) {
  /** Whether the two stood at some time together. */
  boolean overlaps(Episode other) {
    return startUs < other.untilUs() && other.startUs < untilUs();
  }

  private long untilUs() {
    return endUs == null ? Long.MAX_VALUE : endUs;
  }
}
