// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Severity;
import java.math.BigDecimal;
import java.util.List;

/**
 * A difference as one evaluation sees it; the fields are those of a finding.
 *
 * @param sinceUs when it began, as far as this evaluation can tell
 * @param apart how far the sides are apart, signed, after what explains a part of it; null when it
 *     is no matter of degree
 */
public record Observation(
    Basis basis,
    FindingKind kind,
    String subject,
    Severity severity,
    long sinceUs,
    @Nullable String symbol,
    @Nullable String clientOrderId,
    @Nullable String fillId,
    @Nullable BigDecimal engineValue,
    @Nullable BigDecimal venueValue,
    @Nullable BigDecimal tolerance,
    @Nullable BigDecimal apart,
    String unit,
    @Nullable List<InputRange> inputs,
    String reason) {

  /** Identity of the difference while it lasts. */
  String key() {
    return kind + "|" + subject;
  }
}
