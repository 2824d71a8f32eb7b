// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

/**
 * Hard cap on orders per second of event time: a ring of the last submit times. Not thread-safe.
 */
public final class OrderRate {
  private static final long SECOND_US = 1_000_000L;

  private final long[] timesUs;
  private int next;

  public OrderRate(int maxPerSecond) {
    timesUs = new long[maxPerSecond];
    java.util.Arrays.fill(timesUs, Long.MIN_VALUE / 2);
  }

  /** Takes one slot if one is free. */
  public boolean tryTake(long nowUs) {
    if (nowUs - timesUs[next] < SECOND_US) {
      return false;
    }
    timesUs[next] = nowUs;
    next = (next + 1) % timesUs.length;
    return true;
  }
}
