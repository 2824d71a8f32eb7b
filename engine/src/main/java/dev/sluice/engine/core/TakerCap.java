// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

/**
 * Own taker share over a rolling window, kept in 60 cells, so the window's edge is exact to a
 * sixtieth. Not thread-safe.
 */
public final class TakerCap {
  private static final int CELLS = 60;

  private final double maxShare;
  private final long cellUs;
  private final double[] notional = new double[CELLS];
  private final double[] taker = new double[CELLS];
  private long newestCell = Long.MIN_VALUE;

  public TakerCap(double maxShare, long windowMs) {
    this.maxShare = maxShare;
    this.cellUs = windowMs * 1_000L / CELLS;
  }

  /** Books a fill. */
  public void add(double fillNotional, boolean isTaker, long nowUs) {
    roll(nowUs);
    int index = index(newestCell);
    notional[index] += fillNotional;
    if (isTaker) {
      taker[index] += fillNotional;
    }
  }

  /** Whether the share stays within the cap when this much more is taken. */
  public boolean allows(double extraNotional, long nowUs) {
    roll(nowUs);
    double total = extraNotional;
    double taken = extraNotional;
    for (int i = 0; i < CELLS; i++) {
      total += notional[i];
      taken += taker[i];
    }
    return taken <= maxShare * total;
  }

  private void roll(long nowUs) {
    long cell = Math.floorDiv(nowUs, cellUs);
    if (newestCell == Long.MIN_VALUE) {
      newestCell = cell;
    }
    long steps = Math.min(CELLS, cell - newestCell);
    for (long i = 1; i <= steps; i++) {
      int index = index(newestCell + i);
      notional[index] = 0.0;
      taker[index] = 0.0;
    }
    newestCell = Math.max(newestCell, cell);
  }

  private static int index(long cell) {
    return (int) Math.floorMod(cell, (long) CELLS);
  }
}
