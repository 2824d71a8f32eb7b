// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

import dev.sluice.rules.bucket.LatencyBins;
import dev.sluice.rules.bucket.LatencyHistogram;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A bucket that ticks are counted into, as one array of bytes that is changed in place: what a
 * state store keeps as bytes anyway is never encoded or decoded. Not thread-safe.
 */
public final class OpenBucket implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int TICKS = 0;
  private static final int MISSES = 8;
  private static final int LOOKUPS = 16;
  private static final int HITS = 24;
  private static final int BINS = 32;
  private static final int ALL_BINS = LatencyBins.indexOf(LatencyHistogram.MAX_US) + 1;
  private static final int BYTES = BINS + Integer.BYTES * ALL_BINS;

  private final byte[] bytes;

  /** An empty one. */
  public OpenBucket() {
    this(new byte[BYTES]);
  }

  /** Goes on with the bytes of another; they are changed. */
  public OpenBucket(byte[] bytes) {
    this.bytes = bytes;
  }

  /** All it holds, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** Counts one tick. */
  public void add(double totalMs, boolean missed, boolean looked, boolean hit) {
    plus(TICKS, 1);
    if (missed) {
      plus(MISSES, 1);
    }
    if (looked) {
      plus(LOOKUPS, 1);
    }
    if (hit) {
      plus(HITS, 1);
    }
    long us = Math.min(LatencyHistogram.MAX_US, Math.max(0L, (long) (totalMs * 1000.0 + 0.5)));
    int at = BINS + Integer.BYTES * LatencyBins.indexOf(us);
    INTS.set(bytes, at, (int) INTS.get(bytes, at) + 1);
  }

  /** Adds all that another one counted. */
  public void add(OpenBucket other) {
    for (int at = 0; at < BINS; at += Long.BYTES) {
      plus(at, (long) LONGS.get(other.bytes, at));
    }
    for (int at = BINS; at < BYTES; at += Integer.BYTES) {
      INTS.set(bytes, at, (int) INTS.get(bytes, at) + (int) INTS.get(other.bytes, at));
    }
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(bytes, (byte) 0);
  }

  /** What it says once nothing more comes. */
  public ClosedBucket close(long startUs) {
    LatencyBins total = new LatencyBins();
    for (int bin = 0; bin < ALL_BINS; bin++) {
      int count = (int) INTS.get(bytes, BINS + Integer.BYTES * bin);
      for (int i = 0; i < count; i++) {
        total.recordMs(LatencyBins.highestOf(bin) / 1000.0);
      }
    }
    return new ClosedBucket(
        startUs,
        (long) LONGS.get(bytes, TICKS),
        (long) LONGS.get(bytes, MISSES),
        (long) LONGS.get(bytes, LOOKUPS),
        (long) LONGS.get(bytes, HITS),
        total.encode());
  }

  private void plus(int at, long more) {
    LONGS.set(bytes, at, (long) LONGS.get(bytes, at) + more);
  }
}
