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
 * @param lastAtUs event time of the newest thing that counts against it; null where not told
 * @param growing what of the value grows with time, in the gate's unit; null where it does not
 * @param unsourced the evidence should tell its provenance, and tells none
 */
public record Reading(
    @Nullable Double value,
    long samples,
    @Nullable Long asOfUs,
    @Nullable Source weakest,
    String note,
    @Nullable Long lastAtUs,
    @Nullable Double growing,
    boolean unsourced) {
  /** One whose evidence tells its provenance, or need not. */
  public Reading(
      Double value,
      long samples,
      Long asOfUs,
      Source weakest,
      String note,
      Long lastAtUs,
      Double growing) {
    this(value, samples, asOfUs, weakest, note, lastAtUs, growing, false);
  }

  /** One that is a matter of neither age nor growth. */
  public Reading(Double value, long samples, Long asOfUs, Source weakest, String note) {
    this(value, samples, asOfUs, weakest, note, null, null);
  }

  /** Nothing could be measured. */
  public static Reading none(String why) {
    return new Reading(null, 0, null, null, why);
  }
}
