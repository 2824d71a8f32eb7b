package dev.sluice.rules.metric;

import dev.sluice.rules.bucket.LatencyHistogram;
import dev.sluice.schemas.Bucket;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * Percentiles over many encoded histograms. A bucket's encoding holds a few dozen counts; this reads
 * them straight into one histogram instead of decoding each into thousands of bins first (some thirty
 * times cheaper, and a window of an hour has 360 of them). Same bits as {@link
 * LatencyHistogram#addEncoded}, by test.
 */
final class EncodedHistograms {
  private static final int COOKIE_V2 = 0x1c849303;
  private static final int HEADER_BYTES = 40;
  private static final int DIGITS = 2;
  private static final int SUB_BUCKETS = 256;

  private EncodedHistograms() {}

  /** Percentile (0..100) in milliseconds of the merged histograms; samples = values recorded. */
  static Measurement percentileMs(
      WindowView window, Function<Bucket, byte[]> encoded, double percentile) {
    Histogram merged = null;
    for (Bucket bucket : window.buckets()) {
      byte[] bytes = encoded.apply(bucket);
      if (bytes != null) {
        merged = merged == null ? LatencyHistogram.create() : merged;
        add(merged, bytes);
      }
    }
    return merged == null
        ? Measurement.NONE
        : Measurement.of(
            LatencyHistogram.percentileMs(merged, percentile), merged.getTotalCount());
  }

  /** Adds one encoding of {@link LatencyHistogram}'s form; any other form goes the long way. */
  static void add(Histogram into, byte[] encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    boolean ours =
        encoded.length >= HEADER_BYTES
            && (in.getInt(0) & ~0xf0) == COOKIE_V2
            && in.getInt(8) == 0
            && in.getInt(12) == DIGITS
            && in.getLong(16) == 1;
    if (!ours) {
      LatencyHistogram.addEncoded(into, encoded);
      return;
    }
    int end = HEADER_BYTES + in.getInt(4);
    in.position(HEADER_BYTES);
    int index = 0;
    while (in.position() < end) {
      long count = zigZag(in);
      if (count < 0) {
        index += (int) -count;
      } else {
        if (count > 0) {
          into.recordValueWithCount(valueAt(index), count);
        }
        index++;
      }
    }
  }

  private static long valueAt(int index) {
    int half = SUB_BUCKETS / 2;
    int shift = index / half - 1;
    return shift < 0 ? index : (long) (index % half + half) << shift;
  }

  private static long zigZag(ByteBuffer in) {
    long raw = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte part = in.get();
      if (shift == 56) {
        raw |= (part & 0xffL) << shift;
        break;
      }
      raw |= (part & 0x7fL) << shift;
      if (part >= 0) {
        break;
      }
    }
    return raw >>> 1 ^ -(raw & 1);
  }
}
