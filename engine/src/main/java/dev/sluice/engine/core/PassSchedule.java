// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfig.Cadence;

/**
 * When a pass of the pipeline is due: at fixed times, or when a book has changed and some time has
 * passed. Epoch microseconds of event time. Not thread-safe.
 */
final class PassSchedule {
  private static final long SECOND_US = 1_000_000L;

  private final boolean bookBound;
  private final long periodUs;
  private long nextUs;
  private long passedVersion = -1;

  PassSchedule(EngineConfig config, long startedAtUs) {
    this.bookBound = config.cadence() == Cadence.BOOK;
    this.periodUs = Math.round(SECOND_US / config.ticksPerSecond());
    this.nextUs = Borders.ceil(startedAtUs, periodUs);
  }

  /**
   * Whether a pass is due; if so it is taken as done.
   *
   * @param version rises with each change of any book
   */
  boolean take(long nowUs, long version) {
    if (nowUs < nextUs || waits(version)) {
      return false;
    }
    passedVersion = version;
    nextUs = bookBound ? nowUs + periodUs : Borders.floor(nowUs, periodUs) + periodUs;
    return true;
  }

  /** Whether only a change of a book makes a pass due. */
  boolean waits(long version) {
    return bookBound && version == passedVersion;
  }

  long nextUs() {
    return nextUs;
  }
}
