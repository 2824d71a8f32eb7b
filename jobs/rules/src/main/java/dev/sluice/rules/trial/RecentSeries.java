// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The differences of the newest minutes, and the spread of those before them; its public fields are
 * the state. What is new is kept out of the spread it is measured with: else one bad block would
 * hide itself.
 */
public final class RecentSeries {
  /** Differences before the recent ones. */
  public long count;

  public double mean;

  /** Sum of squares about the mean (Welford 1962). */
  public double squares;

  /** Largest of them, without its sign. */
  public double largest;

  /** Recent differences in the order they came, and when their blocks ended. */
  public List<Double> recent = new ArrayList<>();

  public List<Long> recentEndUs = new ArrayList<>();

  public Set<String> symbols = new HashSet<>();

  public RecentSeries() {}

  /** Counts a difference in; what ended {@code recentUs} before it or earlier is recent no more. */
  void add(String symbol, long endUs, double difference, long recentUs) {
    symbols.add(symbol);
    expire(endUs, recentUs);
    if (!Double.isNaN(difference)) {
      recent.add(difference);
      recentEndUs.add(endUs);
    }
  }

  private void expire(long endUs, long recentUs) {
    while (!recent.isEmpty() && recentEndUs.get(0) <= endUs - recentUs) {
      double value = recent.remove(0);
      recentEndUs.remove(0);
      double distance = value - mean;
      count++;
      largest = Math.max(largest, Math.abs(value));
      mean += distance / count;
      squares += distance * (value - mean);
    }
  }
}
