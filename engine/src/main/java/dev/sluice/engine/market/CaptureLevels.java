// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import java.util.Arrays;

/** Price levels as they are read: two arrays that grow and are reused. */
final class CaptureLevels {
  /** Most levels of one side of one message; the longest REST snapshot has 5,000. */
  static final int MAX_LEVELS = 1 << 16;

  private double[] prices = new double[64];
  private double[] sizes = new double[64];
  private int count;

  void clear() {
    count = 0;
  }

  void add(double price, double size) {
    if (count == MAX_LEVELS) {
      throw new NumberFormatException("more than " + MAX_LEVELS + " levels");
    }
    if (count == prices.length) {
      prices = Arrays.copyOf(prices, 2 * count);
      sizes = Arrays.copyOf(sizes, 2 * count);
    }
    prices[count] = price;
    sizes[count] = size;
    count++;
  }

  double[] prices() {
    return Arrays.copyOf(prices, count);
  }

  double[] sizes() {
    return Arrays.copyOf(sizes, count);
  }
}
