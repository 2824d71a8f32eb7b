// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import java.util.Arrays;

/**
 * Sampled mids of one symbol within one bucket: at most one per {@link Markouts#CELL_US}, the
 * earliest of its cell, times ascending.
 */
public record MidSeries(String symbol, long[] timesUs, double[] mids) {

  /** Index of the first mid at or after the time, -1 when there is none. */
  public int firstAtOrAfter(long atUs) {
    int at = Arrays.binarySearch(timesUs, atUs);
    int index = at >= 0 ? at : -at - 1;
    return index < timesUs.length ? index : -1;
  }

  /**
   * Both series as one; of two mids in a cell the earlier stays, of two at one time the smaller.
   */
  public MidSeries merge(MidSeries other) {
    long[] times = new long[timesUs.length + other.timesUs.length];
    double[] values = new double[times.length];
    int size = 0;
    int mine = 0;
    int theirs = 0;
    while (mine < timesUs.length || theirs < other.timesUs.length) {
      boolean takeMine =
          theirs == other.timesUs.length
              || (mine < timesUs.length && notAfter(mine, other, theirs));
      long time = takeMine ? timesUs[mine] : other.timesUs[theirs];
      double value = takeMine ? mids[mine++] : other.mids[theirs++];
      if (size == 0 || cell(times[size - 1]) != cell(time)) {
        times[size] = time;
        values[size++] = value;
      }
    }
    return new MidSeries(symbol, Arrays.copyOf(times, size), Arrays.copyOf(values, size));
  }

  private boolean notAfter(int mine, MidSeries other, int theirs) {
    if (timesUs[mine] != other.timesUs[theirs]) {
      return timesUs[mine] < other.timesUs[theirs];
    }
    return mids[mine] <= other.mids[theirs];
  }

  private static long cell(long timeUs) {
    return Math.floorDiv(timeUs, Markouts.CELL_US);
  }
}
