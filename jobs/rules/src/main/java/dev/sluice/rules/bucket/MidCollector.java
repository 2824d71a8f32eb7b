// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import java.util.Arrays;

/**
 * Collects the mids of one symbol in one bucket as ticks come: the first of each cell. A tick out
 * of order replaces its cell's mid when it is earlier. Reusable. Not thread-safe.
 */
public final class MidCollector {
  private long[] timesUs = new long[16];
  private double[] mids = new double[16];
  private int size;

  /** Offers one tick's mid. */
  public void offer(long timeUs, double mid) {
    if (size > 0) {
      long lastCell = cell(timesUs[size - 1]);
      long offeredCell = cell(timeUs);
      if (offeredCell == lastCell && timeUs >= timesUs[size - 1]) {
        if (timeUs == timesUs[size - 1] && mid < mids[size - 1]) {
          mids[size - 1] = mid;
        }
        return;
      }
      if (offeredCell <= lastCell) {
        insert(timeUs, mid);
        return;
      }
    }
    append(timeUs, mid);
  }

  /** The series so far, null when empty; empties this. */
  public MidSeries drain(String symbol) {
    if (size == 0) {
      return null;
    }
    MidSeries series =
        new MidSeries(symbol, Arrays.copyOf(timesUs, size), Arrays.copyOf(mids, size));
    size = 0;
    return series;
  }

  private void append(long timeUs, double mid) {
    if (size == timesUs.length) {
      timesUs = Arrays.copyOf(timesUs, size * 2);
      mids = Arrays.copyOf(mids, size * 2);
    }
    timesUs[size] = timeUs;
    mids[size++] = mid;
  }

  private void insert(long timeUs, double mid) {
    MidSeries one = new MidSeries("", new long[] {timeUs}, new double[] {mid});
    MidSeries merged =
        new MidSeries("", Arrays.copyOf(timesUs, size), Arrays.copyOf(mids, size)).merge(one);
    size = 0;
    for (int i = 0; i < merged.timesUs().length; i++) {
      append(merged.timesUs()[i], merged.mids()[i]);
    }
  }

  private static long cell(long timeUs) {
    return Math.floorDiv(timeUs, Markouts.CELL_US);
  }
}
