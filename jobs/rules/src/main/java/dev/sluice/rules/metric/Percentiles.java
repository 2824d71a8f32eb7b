// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

import dev.sluice.rules.bucket.LatencyBins;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.StagePercentiles;
import java.util.function.Function;

/**
 * Percentiles over the histograms of a window. They are merged as sparse bins: an hour has 360
 * encodings of a few dozen counts, and decoding each into thousands of bins would cost more than
 * all other metrics together.
 */
public final class Percentiles {
  private Percentiles() {}

  /** Median, 95th and 99th percentile of the merged histograms; null when nothing was recorded. */
  public static StagePercentiles of(WindowView window, Function<Bucket, byte[]> encoded) {
    LatencyBins bins = merged(window, encoded);
    return bins.totalCount() == 0
        ? null
        : new StagePercentiles(bins.percentileMs(50), bins.percentileMs(95), bins.percentileMs(99));
  }

  /** Percentile (0..100) in milliseconds of the merged histograms; samples = values recorded. */
  static Measurement ofMs(WindowView window, Function<Bucket, byte[]> encoded, double percentile) {
    LatencyBins bins = merged(window, encoded);
    return Measurement.of(bins.percentileMs(percentile), bins.totalCount());
  }

  private static LatencyBins merged(WindowView window, Function<Bucket, byte[]> encoded) {
    LatencyBins bins = new LatencyBins();
    for (Bucket bucket : window.buckets()) {
      bins.addEncoded(encoded.apply(bucket));
    }
    return bins;
  }
}
