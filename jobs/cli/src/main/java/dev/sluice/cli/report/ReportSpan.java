// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import dev.sluice.schemas.Nullable;
import java.time.Duration;
import java.time.Instant;

/**
 * What a report is about.
 *
 * @param kind daily, midrun, soak or release
 * @param engineId null for all
 */
public record ReportSpan(String kind, Instant since, Instant until, @Nullable String engineId) {
  public ReportSpan {
    if (!since.isBefore(until)) {
      throw new IllegalArgumentException("the span must begin before it ends");
    }
  }

  /** The equal span that ends where this one begins. */
  Instant before() {
    return since.minus(Duration.between(since, until));
  }
}
