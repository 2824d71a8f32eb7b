// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.bucket.LatencyBins;
import java.util.SplittableRandom;

/** Latencies of a slot. */
final class Histograms {
  private Histograms() {}

  /** A hundred of them around so many milliseconds. */
  static byte[] around(double ms, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LatencyBins bins = new LatencyBins();
    for (int i = 0; i < 100; i++) {
      bins.recordMs(ms * (1 + 0.1 * random.nextDouble()));
    }
    return bins.encode();
  }
}
