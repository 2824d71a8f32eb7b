// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import java.time.Instant;

/** The wall clock in the unit of every record. */
final class WallClock {
  private static final long US_PER_SECOND = 1_000_000L;
  private static final long NANOS_PER_US = 1_000L;

  private WallClock() {}

  /** Epoch microseconds. */
  static long nowUs() {
    Instant now = Instant.now();
    return now.getEpochSecond() * US_PER_SECOND + now.getNano() / NANOS_PER_US;
  }
}
