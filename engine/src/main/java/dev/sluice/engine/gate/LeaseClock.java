// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Mode;

/** What the leases allow: RUN while one is valid, then REDUCE_ONLY, then PAUSE. */
final class LeaseClock {
  private static final long NEVER = Long.MIN_VALUE;

  private final GateClientSettings settings;
  private long receivedUs = NEVER;
  private double ttlMs;
  private long watermarkUs = NEVER;
  private long newestEpoch;
  private long missedSinceUs = NEVER;
  private boolean agreed;

  LeaseClock(GateClientSettings settings) {
    this.settings = settings;
  }

  /** A judge that does not know the epoch already applied is stale: it permits nothing. */
  void renew(Lease lease, long appliedEpoch, long wallUs) {
    watermarkUs = Math.max(watermarkUs, lease.watermarkUs());
    if (lease.controlEpoch() >= appliedEpoch) {
      receivedUs = wallUs;
      ttlMs = lease.ttlMs();
      newestEpoch = lease.controlEpoch();
    }
  }

  Mode mode(long wallUs) {
    if (receivedUs == NEVER) {
      return Mode.PAUSE;
    }
    double ageMs = (wallUs - receivedUs) / 1000.0;
    if (ageMs <= ttlMs) {
      return Mode.RUN;
    }
    return ageMs <= settings.pauseAfterMs() ? Mode.REDUCE_ONLY : Mode.PAUSE;
  }

  /**
   * True once the leases have spoken of an unknown control record for too long; from the start on
   * until leases and control have agreed once, at once: what is left of control in its topic may be
   * an old record that somebody has sent again.
   */
  boolean missedControl(long appliedEpoch, long wallUs) {
    if (newestEpoch <= appliedEpoch) {
      agreed |= receivedUs != NEVER;
      missedSinceUs = NEVER;
      return false;
    }
    if (!agreed) {
      return true;
    }
    if (missedSinceUs == NEVER) {
      missedSinceUs = wallUs;
    }
    return wallUs - missedSinceUs > settings.missedControlAfterMs() * 1000;
  }

  double leftMs(long wallUs) {
    return receivedUs == NEVER ? -1.0 : ttlMs - (wallUs - receivedUs) / 1000.0;
  }

  long watermarkUs() {
    return watermarkUs;
  }
}
