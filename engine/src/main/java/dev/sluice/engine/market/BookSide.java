// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import dev.sluice.schemas.Side;
import java.util.Arrays;

/**
 * One side of a book as two sorted arrays, the best level last: changes near the touch, which are
 * most of them, move few elements.
 */
final class BookSide {
  /** Most levels kept; beyond it the worst level is dropped. */
  static final int MAX_LEVELS = 16_384;

  private final int sign;
  private double[] keys = new double[64];
  private double[] sizes = new double[64];
  private int count;
  private long droppedLevels;

  BookSide(Side side) {
    this.sign = side.sign();
  }

  int count() {
    return count;
  }

  long droppedLevels() {
    return droppedLevels;
  }

  /** Price of the level with the given rank, 0 the best; NaN when there is none. */
  double price(int rank) {
    return rank < count ? sign * keys[count - 1 - rank] : Double.NaN;
  }

  /** Size of the level with the given rank, 0 the best; 0 when there is none. */
  double size(int rank) {
    return rank < count ? sizes[count - 1 - rank] : 0;
  }

  double sizeAt(double price) {
    int index = Arrays.binarySearch(keys, 0, count, sign * price);
    return index >= 0 ? sizes[index] : 0;
  }

  /** Total size at {@code price} and at better prices. */
  double volumeTo(double price) {
    double key = sign * price;
    double volume = 0;
    for (int i = count - 1; i >= 0 && keys[i] >= key; i--) {
      volume += sizes[i];
    }
    return volume;
  }

  /** Sets the size of a level; 0 removes it. */
  void set(double price, double size) {
    double key = sign * price;
    int index = Arrays.binarySearch(keys, 0, count, key);
    if (index >= 0) {
      if (size > 0) {
        sizes[index] = size;
      } else {
        remove(index);
      }
    } else if (size > 0) {
      insert(-index - 1, key, size);
    }
  }

  /** Removes every level better than {@code price}. */
  void pruneBetterThan(double price) {
    double key = sign * price;
    while (count > 0 && keys[count - 1] > key) {
      count--;
    }
  }

  void clear() {
    count = 0;
  }

  private void insert(int at, double key, double size) {
    if (count == MAX_LEVELS) {
      droppedLevels++;
      if (at == 0) {
        return;
      }
      remove(0);
      insert(at - 1, key, size);
      return;
    }
    if (count == keys.length) {
      int capacity = Math.min(MAX_LEVELS, 2 * count);
      keys = Arrays.copyOf(keys, capacity);
      sizes = Arrays.copyOf(sizes, capacity);
    }
    System.arraycopy(keys, at, keys, at + 1, count - at);
    System.arraycopy(sizes, at, sizes, at + 1, count - at);
    keys[at] = key;
    sizes[at] = size;
    count++;
  }

  private void remove(int at) {
    count--;
    System.arraycopy(keys, at + 1, keys, at, count - at);
    System.arraycopy(sizes, at + 1, sizes, at, count - at);
  }
}
