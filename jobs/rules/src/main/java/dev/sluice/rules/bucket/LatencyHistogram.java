// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * The one percentile sketch: HdrHistogram of microseconds, two significant digits (relative error
 * at most 1 %), fixed bins, so that merging in any order gives identical bits.
 */
public final class LatencyHistogram {
  /** Longest latency told apart, ten minutes; longer ones count there. */
  public static final long MAX_US = 600_000_000L;

  private LatencyHistogram() {}

  /** An empty histogram. */
  public static Histogram create() {
    return new Histogram(1, MAX_US, 2);
  }

  /** Counts one latency given in milliseconds; negative ones count as 0. */
  public static void recordMs(Histogram histogram, double valueMs) {
    histogram.recordValue(Math.min(MAX_US, Math.max(0L, Math.round(valueMs * 1000.0))));
  }

  /** Percentile (0..100) in milliseconds; NaN when empty. */
  public static double percentileMs(Histogram histogram, double percentile) {
    return histogram.getTotalCount() == 0
        ? Double.NaN
        : histogram.getValueAtPercentile(percentile) / 1000.0;
  }

  /** V2 (zigzag LEB128) encoding, null when empty. */
  public static byte[] encode(Histogram histogram) {
    if (histogram == null || histogram.getTotalCount() == 0) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoByteBuffer(buffer);
    return Arrays.copyOf(buffer.array(), length);
  }

  /** Adds an encoding to a histogram; null adds nothing. */
  public static void addEncoded(Histogram into, byte[] encoded) {
    if (encoded != null) {
      into.add(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(encoded), MAX_US));
    }
  }

  /** Decodes; null gives an empty histogram. */
  public static Histogram decode(byte[] encoded) {
    Histogram histogram = create();
    addEncoded(histogram, encoded);
    return histogram;
  }
}
