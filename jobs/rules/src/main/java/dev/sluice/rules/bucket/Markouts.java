// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the mid that a fill's markout is measured against: for each horizon h a fill at t waits for
 * the first mid at or after t + h, and counts in the bucket of that mid. Works bucket by bucket,
 * when the bucket closes and all its fills and mids are known, so the order in which topics were
 * read does not matter. Mids are sampled, at most one per {@link #CELL_US} and symbol (the first of
 * each cell), so the mid used is at most that much later than the exact one; with fewer ticks it is
 * the exact one.
 */
public final class Markouts {

  private static final long[] HORIZONS_US = {1_000_000L, 5_000_000L, 30_000_000L, 60_000_000L};

  /** Width of the cell that keeps one mid, microseconds. */
  public static final long CELL_US = 100_000L;

  private static final int ALL = (1 << HORIZONS_US.length) - 1;

  /** Takes the markouts that come due. */
  @FunctionalInterface
  public interface Sink {
    /**
     * One markout.
     *
     * @param horizon 0 to 3 for 1, 5, 30 and 60 s
     */
    void add(PendingFill fill, int horizon, double bps);
  }

  private Markouts() {}

  /** A fill that has seen none of its horizons yet. */
  public static PendingFill pending(
      String symbol,
      dev.sluice.schemas.Arm arm,
      long atUs,
      int sign,
      double midAtFill,
      long weightE6) {
    return new PendingFill(symbol, arm, atUs, sign, midAtFill, weightE6, ALL);
  }

  /**
   * Settles what comes due before the bucket's end.
   *
   * @param waiting fills up to the bucket's end
   * @param mids mids of this bucket, one series per symbol, times ascending
   * @return the fills that still wait, in their order
   */
  public static List<PendingFill> settle(
      List<PendingFill> waiting, List<MidSeries> mids, long endUs, Sink sink) {
    List<PendingFill> still = new ArrayList<>();
    for (PendingFill fill : waiting) {
      MidSeries series = seriesOf(fill.symbol(), mids);
      int open = series == null ? fill.openHorizons() : settle(fill, series, endUs, sink);
      if (open != 0) {
        still.add(open == fill.openHorizons() ? fill : fill.waitingFor(open));
      }
    }
    return still;
  }

  private static int settle(PendingFill fill, MidSeries series, long endUs, Sink sink) {
    int open = fill.openHorizons();
    for (int horizon = 0; horizon < HORIZONS_US.length; horizon++) {
      long dueUs = fill.atUs() + HORIZONS_US[horizon];
      if ((open & (1 << horizon)) == 0 || dueUs >= endUs) {
        continue;
      }
      int at = series.firstAtOrAfter(dueUs);
      if (at >= 0) {
        sink.add(
            fill, horizon, FillEdges.markoutBps(fill.sign(), fill.midAtFill(), series.mids()[at]));
        open &= ~(1 << horizon);
      }
    }
    return open;
  }

  private static MidSeries seriesOf(String symbol, List<MidSeries> mids) {
    for (MidSeries series : mids) {
      if (series.symbol().equals(symbol)) {
        return series;
      }
    }
    return null;
  }
}
