// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.schemas.Nullable;
import java.time.Instant;

/**
 * What is looked at.
 *
 * @param since event time from which on, null for the beginning
 * @param until event time before which, null for the end
 * @param engineId null for all
 */
public record Span(@Nullable Instant since, @Nullable Instant until, @Nullable String engineId) {
  /** Everything. */
  public static final Span ALL = new Span(null, null, null);

  public Span {
    if (since != null && until != null && !since.isBefore(until)) {
      throw new IllegalArgumentException("--since must be before --until");
    }
  }

  boolean bounded() {
    return since != null || until != null;
  }

  /** Condition: before the span begins. */
  String before(String time) {
    return since == null ? "FALSE" : time + " < " + literal(since);
  }

  /** SQL condition: within the span. */
  public String within(String time) {
    return (since == null ? "TRUE" : time + " >= " + literal(since))
        + (until == null ? "" : " AND " + time + " < " + literal(until));
  }

  /** Condition: of the engine asked for. */
  String engine() {
    return engineId == null ? "TRUE" : "engine_id = " + Datasets.text(engineId);
  }

  static String literal(Instant time) {
    return "TIMESTAMPTZ " + Datasets.text(time.toString());
  }
}
