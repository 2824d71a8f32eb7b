// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.market.SeededRandom;

/**
 * Time a message takes one way: a fixed part plus an exponential one, the sum at most {@code
 * fixedUs + 10·meanExtraUs}. Microseconds.
 */
public record VenueLatency(long fixedUs, double meanExtraUs) {
  private static final double LIMIT = 10;

  public VenueLatency {
    if (fixedUs < 0 || !(meanExtraUs >= 0)) {
      throw new IllegalArgumentException("latency must not be negative");
    }
  }

  /** Always the same. */
  public static VenueLatency fixed(long us) {
    return new VenueLatency(us, 0);
  }

  long drawUs(SeededRandom random) {
    if (meanExtraUs == 0) {
      return fixedUs;
    }
    double extra = Math.min(random.nextExponential(meanExtraUs), LIMIT * meanExtraUs);
    return fixedUs + Math.round(extra);
  }
}
