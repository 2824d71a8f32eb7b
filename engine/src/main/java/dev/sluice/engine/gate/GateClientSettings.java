// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

/**
 * Limits of the engine's own safety; milliseconds of the wall clock.
 *
 * @param pauseAfterMs without a lease for this long the engine pauses; before, from the lease's own
 *     time to live on, it only reduces
 * @param missedControlAfterMs when leases speak of a newer control record than the one applied for
 *     this long, the engine has missed a record and pauses
 */
public record GateClientSettings(long pauseAfterMs, long missedControlAfterMs) {
  /** The figures of the control protocol. */
  public static GateClientSettings defaults() {
    return new GateClientSettings(30_000, 5_000);
  }
}
