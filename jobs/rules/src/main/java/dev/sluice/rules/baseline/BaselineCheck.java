// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.baseline;

import dev.sluice.schemas.Nullable;

/**
 * One comparison with the locked baseline.
 *
 * @param id such as {@code fetch_md_p95_ms}
 * @param locked the baseline's figure, null where it is none or there is none
 * @param measured null likewise
 * @param limit the worst figure that passes, in the unit of the two
 * @param n samples behind the measured figure
 * @param reason one sentence, built where the figures were compared
 */
public record BaselineCheck(
    String id,
    Outcome outcome,
    @Nullable Double locked,
    @Nullable Double measured,
    @Nullable Double limit,
    String unit,
    long n,
    String reason) {
  /** What a comparison comes to. */
  public enum Outcome {
    PASS,
    /** Said, and fails nothing. */
    WARN,
    FAIL,
    /** Cannot be told, which fails. */
    NO_DATA
  }

  /** True when the build may go on. */
  public boolean passes() {
    return outcome == Outcome.PASS || outcome == Outcome.WARN;
  }

  /** A check of something that is no figure. */
  static BaselineCheck of(String id, Outcome outcome, String reason) {
    return new BaselineCheck(id, outcome, null, null, null, "1", 0, reason);
  }
}
