// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The wall clock in the unit of every record, taken once and continued monotonically: a clock that
 * is set while the engine runs neither lapses a lease nor prolongs one. Thread-safe.
 */
public final class WallClock {
  private static final long US_PER_SECOND = 1_000_000L;
  private static final long NANOS_PER_US = 1_000L;

  private final LongSupplier nanoTime;
  private final long anchorNanos;
  private final long anchorUs;

  /**
   * Takes the time once.
   *
   * @param wall the wall clock now
   * @param nanoTime a clock that never steps, of any origin, nanoseconds
   */
  WallClock(Instant wall, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.anchorNanos = nanoTime.getAsLong();
    this.anchorUs = wall.getEpochSecond() * US_PER_SECOND + wall.getNano() / NANOS_PER_US;
  }

  /** Starts at the machine's wall clock. */
  public static WallClock start() {
    return new WallClock(Instant.now(), System::nanoTime);
  }

  /** Epoch microseconds. */
  public long nowUs() {
    return anchorUs + (nanoTime.getAsLong() - anchorNanos) / NANOS_PER_US;
  }
}
