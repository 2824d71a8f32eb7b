// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import dev.sluice.rules.completeness.CheckResult;
import dev.sluice.rules.completeness.CompletenessCheck;
import dev.sluice.rules.completeness.DatasetCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a verification found.
 *
 * @param where the directory or URI
 * @param late events per engine that came after their bucket was closed, as the buckets say
 * @param rowsBySource per dataset, rows by provenance
 * @param deadLetters rejected records, by topic and kind
 * @param manifests read and compared
 * @param notes worth knowing, and no failure
 */
public record Verification(
    String where,
    Span span,
    List<CompletenessCheck> checks,
    DatasetCounts counts,
    Map<String, Long> late,
    Map<String, Map<String, Long>> rowsBySource,
    Map<String, Long> deadLetters,
    int manifests,
    List<String> notes) {
  public Verification {
    checks = List.copyOf(checks);
    notes = List.copyOf(notes);
  }

  /**
   * Of datasets that cannot be read.
   *
   * @param problem what DuckDB says
   */
  static Verification unreadable(
      String where, Span span, String problem, ManifestCheck.Result manifests) {
    List<CompletenessCheck> checks = new ArrayList<>(manifests.checks());
    checks.add(
        new CompletenessCheck(
            "readable",
            where,
            CheckResult.FAIL,
            null,
            null,
            "DuckDB cannot read a file, so nothing else is proven: "
                + problem.strip().replaceAll("\\s*\\R\\s*", " ")
                + "; fetch the file again, or archive its topic again"));
    return new Verification(
        where,
        span,
        checks,
        new DatasetCounts(List.of(), List.of(), List.of(), List.of(), List.of()),
        Map.of(),
        Map.of(),
        Map.of(),
        manifests.manifests(),
        manifests.notes());
  }

  /** True when every check passed. */
  public boolean complete() {
    return !checks.isEmpty() && checks.stream().allMatch(CompletenessCheck::ok);
  }

  /** How many checks came to this. */
  public long count(CheckResult result) {
    return checks.stream().filter(check -> check.result() == result).count();
  }
}
