// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

import dev.sluice.rules.bucket.LatencyBins;
import dev.sluice.schemas.Bucket;
import java.util.function.Function;

/**
 * Percentiles over the histograms of a window. They are merged as sparse bins: an hour has 360
 * encodings of a few dozen counts, and decoding each into thousands of bins would cost more than
 * all other metrics together.
 */
final class Percentiles {
  private Percentiles() {}

  /** Percentile (0..100) in milliseconds of the merged histograms; samples = values recorded. */
  static Measurement ofMs(WindowView window, Function<Bucket, byte[]> encoded, double percentile) {
    LatencyBins bins = new LatencyBins();
    for (Bucket bucket : window.buckets()) {
      bins.addEncoded(encoded.apply(bucket));
    }
    return Measurement.of(bins.percentileMs(percentile), bins.totalCount());
  }
}
