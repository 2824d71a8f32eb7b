// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.rules.release.ReleaseGate;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Source;
import java.util.List;

/**
 * One stage of a release: what must hold before the next one.
 *
 * @param windowMs the time looked at, backwards from the time of the judgement
 * @param provenance the weakest evidence that is accepted
 */
public record Stage(
    String name, String description, long windowMs, Source provenance, List<Entry> entries) {
  /** Keeps its own copy. */
  public Stage {
    entries = List.copyOf(entries);
  }

  /**
   * A gate and how it is read: exactly one of the two is not null.
   *
   * @param sql gives {@code value, n, as_of} and, where there is provenance, {@code sources}
   * @param check one of {@link Check}
   */
  public record Entry(ReleaseGate gate, @Nullable String sql, @Nullable Check check) {}

  /** Readings that no SQL gives. */
  public enum Check {
    /** Checks of completeness that do not pass; see {@code sluice verify}. */
    COMPLETENESS,
    /** Places in configuration and evidence that look like secrets. */
    SECRETS
  }
}
