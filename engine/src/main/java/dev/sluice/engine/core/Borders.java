// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

/** Multiples of a period, counted from the epoch. */
final class Borders {
  private Borders() {}

  /** The last one not after a time. */
  static long floor(long timeUs, long periodUs) {
    return Math.floorDiv(timeUs, periodUs) * periodUs;
  }

  /** The first one not before a time. */
  static long ceil(long timeUs, long periodUs) {
    return Math.floorDiv(timeUs + periodUs - 1, periodUs) * periodUs;
  }
}
