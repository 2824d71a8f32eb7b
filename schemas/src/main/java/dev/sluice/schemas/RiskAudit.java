// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One word of a portfolio criterion with everything it was computed from. Written once, when the
 * word changes, and never again.
 *
 * @param auditId deterministic: that of the verdict
 * @param engines the engines it speaks to
 * @param inputs what was known of each engine and symbol at that moment
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RiskAudit(
    String schema,
    String auditId,
    String criterionId,
    String criteriaHash,
    List<String> engines,
    long eventTimeUs,
    Source source,
    VerdictOutcome outcome,
    Phase phase,
    @Nullable Action action,
    @Nullable Double measured,
    @Nullable Double limit,
    String unit,
    List<RiskInput> inputs,
    String reason) {
  public static final String SCHEMA = "risk_audit.v1";
}
