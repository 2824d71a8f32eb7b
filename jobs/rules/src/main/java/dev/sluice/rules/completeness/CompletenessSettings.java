// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

import java.io.Serializable;

/**
 * What a complete dataset may lack.
 *
 * @param countDelta records per engine, run and stream that may be missing of those sent
 * @param missingCorrelation records per kind of link that may point at nothing
 * @param coveredMs event time that must be covered without a gap up to the end
 */
public record CompletenessSettings(long countDelta, long missingCorrelation, long coveredMs)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks the tolerances. */
  public CompletenessSettings {
    if (countDelta < 0 || missingCorrelation < 0 || coveredMs < 0) {
      throw new IllegalArgumentException(
          "verify: count_delta, missing_correlation and covered must not be negative");
    }
  }

  /** What is used unless configured. */
  public static CompletenessSettings defaults() {
    return new CompletenessSettings(5, 0, 86_400_000);
  }

  /** The same with another least time covered. */
  public CompletenessSettings covering(long leastMs) {
    return new CompletenessSettings(countDelta, missingCorrelation, leastMs);
  }

  /** The same with another tolerance per stream. */
  public CompletenessSettings lacking(long records) {
    return new CompletenessSettings(records, missingCorrelation, coveredMs);
  }
}
