// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.rules.release.GateOutcome;
import dev.sluice.rules.release.Waiver;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Source;
import java.util.List;
import java.util.Map;

/**
 * What one run of a stage's gates came to: the document of {@code sluice gate run --output json},
 * and the heart of a bundle's manifest. Times are epoch microseconds.
 *
 * @param go true when no gate is shut
 * @param asOfUs the moment judged for
 * @param untilUs what is later was not looked at
 * @param sinceUs what is earlier was not looked at, whatever a gate's window; null for no such
 *     limit
 * @param provenance weakest source that was accepted
 * @param rehearsal weaker evidence was accepted than the stage asks for: nothing to release on
 * @param builds build ids of the fleet in the last day
 * @param configHashes the same of configurations, by engine
 * @param criteriaHash one hash over all criteria that were judged in the last day; null without any
 * @param gateFiles SHA-256 of the files that the gates are from, by name
 */
public record GateRunReport(
    String schema,
    String stage,
    String description,
    boolean go,
    long asOfUs,
    long untilUs,
    @Nullable Long sinceUs,
    Source provenance,
    boolean rehearsal,
    String datasets,
    String createdBy,
    List<String> builds,
    Map<String, String> configHashes,
    @Nullable String criteriaHash,
    Map<String, String> gateFiles,
    List<String> approvers,
    List<Waiver> waivers,
    List<Gate> gates) {
  public static final String SCHEMA = "gate_run.v1";

  /**
   * One gate.
   *
   * @param file the file it is from, without {@code .yaml}
   * @param pass what the value must be
   * @param ageMs how old the newest evidence was; null where there is none
   * @param waiver who answers for it although it does not pass; null where nobody does
   * @param evidenceSha256 of the file in the bundle that holds the query and what it gave
   */
  public record Gate(
      String id,
      String file,
      String description,
      GateOutcome outcome,
      boolean open,
      boolean hard,
      @Nullable Double value,
      String unit,
      String pass,
      long samples,
      long minSamples,
      @Nullable Long asOfUs,
      @Nullable Long ageMs,
      long maxAgeMs,
      long windowMs,
      @Nullable Source weakest,
      String reason,
      String mend,
      @Nullable Waiver waiver,
      String evidenceSha256) {}

  /** GO or NO-GO. */
  public String decision() {
    return go ? "GO" : "NO-GO";
  }
}
