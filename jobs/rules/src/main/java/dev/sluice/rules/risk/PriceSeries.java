// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

/**
 * The last mark of each hour of one symbol, for the newest hours, whichever engine saw it. Mutable;
 * its fields are the state.
 */
public final class PriceSeries {
  static final long HOUR_US = 3_600_000_000L;

  public String symbol = "";
  public long newestUs;

  /** By hour since the epoch modulo the length; an entry counts when its hour is the one asked. */
  public double[] closes = new double[0];

  public long[] hours = new long[0];

  public PriceSeries() {}

  PriceSeries(String symbol, int keptHours) {
    this.symbol = symbol;
    this.closes = new double[keptHours + 2]; // a first price, and the hour that is not over
    this.hours = new long[keptHours + 2];
  }

  void offer(double mid, long eventTimeUs) {
    if (eventTimeUs < newestUs) {
      return;
    }
    newestUs = eventTimeUs;
    long hour = eventTimeUs / HOUR_US;
    int at = (int) (hour % closes.length);
    closes[at] = mid;
    hours[at] = hour;
  }

  /** Return over one hour, or NaN when that hour or the one before has no mark. */
  double returnOf(long hour) {
    int at = (int) (hour % closes.length);
    int before = (int) ((hour - 1) % closes.length);
    return hours[at] == hour && hours[before] == hour - 1
        ? closes[at] / closes[before] - 1
        : Double.NaN;
  }
}
