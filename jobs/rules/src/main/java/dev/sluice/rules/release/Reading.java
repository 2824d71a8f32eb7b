// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.release;

import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Source;

/**
 * What was measured for one gate.
 *
 * @param value in the gate's unit; null where nothing could be measured
 * @param samples what it rests on
 * @param asOfUs event time of the newest evidence, epoch microseconds; null where there is none
 * @param weakest weakest provenance among the evidence; null where it has none
 * @param note what is worth knowing, or why there is no value; empty where nothing
 */
public record Reading(
    @Nullable Double value,
    long samples,
    @Nullable Long asOfUs,
    @Nullable Source weakest,
    String note) {
  /** Nothing could be measured. */
  public static Reading none(String why) {
    return new Reading(null, 0, null, null, why);
  }
}
