// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

import dev.sluice.schemas.Nullable;

/**
 * One check with its outcome.
 *
 * @param name one of {@code streams}, {@code count_delta}, {@code offsets}, {@code stored_twice},
 *     {@code covered}, {@code links}, {@code manifest}
 * @param subject what was checked: an engine, its run and stream; a dataset and partition
 * @param measured null where nothing could be measured
 * @param limit what it was compared with, same unit; null where there is nothing to compare
 * @param reason one sentence: what, where, and, unless it passes, how to mend it
 */
public record CompletenessCheck(
    String name,
    String subject,
    CheckResult result,
    @Nullable Double measured,
    @Nullable Double limit,
    String reason) {
  /** True when it passed. */
  public boolean ok() {
    return result == CheckResult.PASS;
  }
}
