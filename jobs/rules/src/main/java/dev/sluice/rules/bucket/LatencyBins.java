// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import java.util.Arrays;

/**
 * A histogram under construction: the bins of {@link LatencyHistogram} as plain counts, in pages
 * that are made when first used, with a list of the bins in use. So room, emptying, merging and
 * encoding cost what was recorded and not the whole range: ten thousand engines have seventy
 * thousand of these at once. Its encoding is HdrHistogram's V2 format, bit for bit what the library
 * would write for the same values (a test holds them together), so readers use the library. Counts
 * are exact, so merging in any order gives identical bits. Not thread-safe.
 */
public final class LatencyBins {
  private static final int SUB_BUCKETS = 256;
  private static final int HALF = SUB_BUCKETS / 2;
  private static final int HALF_MAGNITUDE = 7;
  private static final int LEADING_ZERO_BASE = 64 - 8;
  private static final int LENGTH = indexOf(LatencyHistogram.MAX_US) + 1;
  private static final int HEADER_BYTES = 40;
  private static final int MAX_COUNT_BYTES = 9;
  private static final int V2_COOKIE = 0x1c849303 | 0x10;

  private static final int PAGE_MAGNITUDE = 5;
  private static final int PAGE_MASK = (1 << PAGE_MAGNITUDE) - 1;
  private static final int PAGES = (LENGTH >> PAGE_MAGNITUDE) + 1;
  private static final int FEW_PAGES = 16;

  private long[][] pages;
  private int pageCount;
  private short[] used = new short[8];
  private int usedCount;
  // One encoding taken over whole and not yet spread into the bins: most merges have one input.
  private byte[] whole;

  /** Counts one latency given in milliseconds; negative ones count as 0, NaN too. */
  public void recordMs(double valueMs) {
    long us = (long) (valueMs * 1000.0 + 0.5);
    count(indexOf(Math.min(LatencyHistogram.MAX_US, Math.max(0L, us))));
  }

  /** Adds an encoding made by this class or by the library; null adds nothing. */
  public void addEncoded(byte[] encoded) {
    if (encoded == null) {
      return;
    }
    if (usedCount == 0 && whole == null) {
      whole = encoded;
      return;
    }
    spread();
    decode(encoded);
  }

  /** The V2 encoding, null when nothing was recorded. */
  public byte[] encode() {
    if (whole != null) {
      return whole;
    }
    if (usedCount == 0) {
      return null;
    }
    Arrays.sort(used, 0, usedCount);
    byte[] bytes = new byte[HEADER_BYTES + usedCount * 2 * MAX_COUNT_BYTES];
    int position = HEADER_BYTES;
    int next = 0;
    for (int i = 0; i < usedCount; i++) {
      int index = used[i];
      int zeros = index - next;
      if (zeros > 0) {
        position = putZigZag(bytes, position, zeros == 1 ? 0 : -zeros);
      }
      position = putZigZag(bytes, position, countAt(index));
      next = index + 1;
    }
    putHeader(bytes, position - HEADER_BYTES);
    return Arrays.copyOf(bytes, position);
  }

  /** Values recorded. */
  public long totalCount() {
    spread();
    long total = 0;
    for (int i = 0; i < usedCount; i++) {
      total += countAt(used[i]);
    }
    return total;
  }

  /**
   * The library's percentile (0..100), in milliseconds: the largest value equivalent to the one at
   * that rank (the smallest for 0); NaN when nothing was recorded.
   */
  public double percentileMs(double percentile) {
    long total = totalCount();
    if (total == 0) {
      return Double.NaN;
    }
    // One unit in the last place below, as the library does: 95 % of 100 is rank 95, not 96.
    double requested = Math.min(Math.max(Math.nextDown(percentile), 0.0), 100.0);
    long rank = Math.max(1, (long) Math.ceil(requested * total / 100.0));
    Arrays.sort(used, 0, usedCount);
    long below = 0;
    for (int i = 0; i < usedCount; i++) {
      below += countAt(used[i]);
      if (below >= rank) {
        return (percentile == 0 ? lowestOf(used[i]) : highestOf(used[i])) / 1000.0;
      }
    }
    throw new IllegalStateException("counts changed while they were read");
  }

  /** Forgets everything; keeps a few pages for the next use. */
  public void clear() {
    if (pageCount > FEW_PAGES) {
      pages = null;
      pageCount = 0;
      used = new short[8];
    } else {
      for (int i = 0; i < usedCount; i++) {
        pages[used[i] >> PAGE_MAGNITUDE][used[i] & PAGE_MASK] = 0;
      }
    }
    usedCount = 0;
    whole = null;
  }

  private void count(int index) {
    if (whole != null) {
      spread();
    }
    add(index, 1);
  }

  private void add(int index, long times) {
    long[] page = pages == null ? null : pages[index >> PAGE_MAGNITUDE];
    if (page == null) {
      page = newPage(index >> PAGE_MAGNITUDE);
    }
    long before = page[index & PAGE_MASK];
    page[index & PAGE_MASK] = before + times;
    if (before == 0) {
      use(index);
    }
  }

  private long[] newPage(int number) {
    if (pages == null) {
      pages = new long[PAGES][];
    }
    pageCount++;
    pages[number] = new long[1 << PAGE_MAGNITUDE];
    return pages[number];
  }

  private void use(int index) {
    if (usedCount == used.length) {
      used = Arrays.copyOf(used, usedCount * 2);
    }
    used[usedCount++] = (short) index;
  }

  private long countAt(int index) {
    return pages[index >> PAGE_MAGNITUDE][index & PAGE_MASK];
  }

  private void spread() {
    if (whole != null) {
      byte[] encoded = whole;
      whole = null;
      decode(encoded);
    }
  }

  /** Counts a whole encoding; most of its bytes are counts below 64 or runs of empty bins. */
  private void decode(byte[] encoded) {
    int index = 0;
    int position = HEADER_BYTES;
    while (position < encoded.length) {
      long zigZag = encoded[position++];
      if (zigZag < 0) {
        zigZag &= 0x7f;
        int shift = 7;
        byte next;
        do {
          next = encoded[position++];
          zigZag |= (shift == 56 ? next & 0xffL : next & 0x7fL) << shift;
          shift += 7;
        } while (next < 0 && shift <= 56);
      }
      long value = (zigZag >>> 1) ^ -(zigZag & 1);
      if (value < 0) {
        index -= (int) value;
        continue;
      }
      if (value > 0) {
        add(index, value);
      }
      index++;
    }
  }

  /** The bin of a latency in microseconds: HdrHistogram's, with 256 sub-buckets and unit 1. */
  public static int indexOf(long valueUs) {
    int bucket = LEADING_ZERO_BASE - Long.numberOfLeadingZeros(valueUs | (SUB_BUCKETS - 1));
    int subBucket = (int) (valueUs >>> bucket);
    return ((bucket + 1) << HALF_MAGNITUDE) + subBucket - HALF;
  }

  /** The smallest latency in microseconds that counts in a bin. */
  private static long lowestOf(int index) {
    return index < SUB_BUCKETS ? index : ((index & (HALF - 1)) + (long) HALF) << bucketOf(index);
  }

  /** The largest one. */
  public static long highestOf(int index) {
    return lowestOf(index) + (1L << bucketOf(index)) - 1;
  }

  private static int bucketOf(int index) {
    return Math.max(0, (index >> HALF_MAGNITUDE) - 1);
  }

  private static int putZigZag(byte[] bytes, int position, long value) {
    long rest = (value << 1) ^ (value >> 63);
    int at = position;
    for (int i = 0; i < MAX_COUNT_BYTES - 1 && (rest >>> 7) != 0; i++) {
      bytes[at++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    return at;
  }

  private static void putHeader(byte[] bytes, int payloadBytes) {
    putLong(bytes, 0, ((long) V2_COOKIE << 32) | payloadBytes);
    putLong(bytes, 8, 2); // no normalising offset; two significant digits
    putLong(bytes, 16, 1); // lowest discernible value
    putLong(bytes, 24, LatencyHistogram.MAX_US);
    putLong(bytes, 32, Double.doubleToRawLongBits(1.0)); // no value conversion
  }

  private static void putLong(byte[] bytes, int position, long value) {
    for (int i = 0; i < 8; i++) {
      bytes[position + i] = (byte) (value >>> (56 - 8 * i));
    }
  }
}
