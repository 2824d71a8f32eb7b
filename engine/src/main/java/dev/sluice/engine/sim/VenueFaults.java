// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.venue.NewOrder;

/** Faults to inject into the venue; every method's default is a healthy venue. */
public interface VenueFaults {
  /** A venue without faults. */
  VenueFaults NONE = new VenueFaults() {};

  /** Reason to reject this order, or null to treat it as usual. */
  default String rejectReason(NewOrder order, long venueTimeUs) {
    return null;
  }

  /** Latency added to a request sent at this time of the engine's clock, microseconds. */
  default long extraLatencyUs(long nowUs) {
    return 0;
  }
}
