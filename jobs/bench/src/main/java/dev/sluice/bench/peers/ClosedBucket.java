// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left of a bucket once it is closed.
 *
 * @param totalUsHistogram HdrHistogram V2 encoding of total_ms in microseconds
 */
public record ClosedBucket(
    long startUs,
    long ticks,
    long deadlineMisses,
    long cacheLookups,
    long cacheHits,
    byte[] totalUsHistogram)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** End, exclusive, epoch microseconds. */
  public long endUs() {
    return startUs + Question.BUCKET_US;
  }

  /** Adds a bucket to those of its engine and forgets what no window needs any more. */
  public static void append(List<ClosedBucket> newestLast, ClosedBucket bucket) {
    long keepFromUs = bucket.endUs() - Question.MAX_BUCKETS * Question.BUCKET_US;
    newestLast.removeIf(old -> old.startUs() < keepFromUs);
    newestLast.add(bucket);
  }

  /** Several as bytes. */
  public static byte[] write(List<ClosedBucket> buckets) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (ClosedBucket bucket : buckets) {
        out.writeLong(bucket.startUs);
        out.writeLong(bucket.ticks);
        out.writeLong(bucket.deadlineMisses);
        out.writeLong(bucket.cacheLookups);
        out.writeLong(bucket.cacheHits);
        out.writeInt(bucket.totalUsHistogram.length);
        out.write(bucket.totalUsHistogram);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Reads {@link #write}; null is none. */
  public static List<ClosedBucket> read(byte[] bytes) {
    List<ClosedBucket> buckets = new ArrayList<>();
    if (bytes == null) {
      return buckets;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      while (in.available() > 0) {
        buckets.add(
            new ClosedBucket(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readNBytes(in.readInt())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buckets;
  }
}
