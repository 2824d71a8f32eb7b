// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.schemas.Nullable;

/**
 * What became of one kind of finding that a fault must lead to.
 *
 * @param expected {@code 2 × DUPLICATE_FILL within 45s, HEALED}
 * @param count how many there were
 * @param confirmedUs event time at which the last of them was confirmed, null without
 * @param ageMs the greatest age at confirmation, null without
 * @param ends how they ended, null without
 * @param evidence the first one's own words
 * @param problem null when all is as expected
 */
public record FindingResult(
    String id,
    String expected,
    int count,
    @Nullable Long confirmedUs,
    @Nullable Double ageMs,
    @Nullable String ends,
    String evidence,
    @Nullable String problem) {
  /** True when all is as expected. */
  public boolean ok() {
    return problem == null;
  }
}
