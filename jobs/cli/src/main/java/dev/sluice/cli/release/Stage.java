// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.rules.release.ReleaseGate;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Source;
import java.util.List;

/**
 * One stage of a release: what must hold before the next one.
 *
 * @param provenance the weakest evidence that is accepted, of its own gates and the included ones
 * @param files what it is made of, its own file first: names without {@code .yaml}
 */
public record Stage(
    String name, String description, Source provenance, List<String> files, List<Entry> entries) {
  /** Keeps its own copies. */
  public Stage {
    files = List.copyOf(files);
    entries = List.copyOf(entries);
  }

  /**
   * A gate and how it is read: exactly one of {@code sql} and {@code check} is not null.
   *
   * @param file the file it is from, without {@code .yaml}
   * @param where file and line, for messages
   * @param sql whole, with what it takes from {@code with}; see {@link SqlReadings}
   * @param mayBeEmpty datasets that may lawfully have no row, and so no file
   */
  public record Entry(
      String file,
      String where,
      ReleaseGate gate,
      @Nullable String sql,
      @Nullable Check check,
      List<String> mayBeEmpty) {
    /** Keeps its own copy. */
    public Entry {
      mayBeEmpty = List.copyOf(mayBeEmpty);
    }
  }

  /** Readings that no query gives. */
  public enum Check {
    /** Hours without a minute that has no tick; see {@code sluice verify}. */
    COVERED_HOURS,
    /** Records that point at one that is not stored. */
    MISSING_CORRELATION,
    /** The most that is missing of a stream. */
    COUNT_DELTA,
    /** Places in the configuration that look like secrets. */
    SECRETS_CONFIGURATION,
    /** Places in the logs that look like secrets. */
    SECRETS_LOGS,
    /** Places in the evidence of this run that look like secrets. */
    SECRETS_EVIDENCE
  }
}
