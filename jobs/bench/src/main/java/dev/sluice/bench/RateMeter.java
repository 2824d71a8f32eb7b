// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

/**
 * Measures the middle of a pass: from the first tenth, when all is connected and running, to the
 * last twentieth, before things run dry.
 */
final class RateMeter {
  private static final double FROM = 0.10;
  private static final double TO = 0.95;

  private final CpuClock cpu;
  private final long total;
  private long firstDone = -1;
  private long firstWallNanos;
  private long firstCpuNanos;
  private long lastDone;
  private long lastWallNanos;
  private long lastCpuNanos;

  /** Made before the threads it shall measure. */
  RateMeter(long total) {
    this(total, new CpuClock());
  }

  /**
   * @param cpu a clock made before the threads it shall measure
   */
  RateMeter(long total, CpuClock cpu) {
    this.total = total;
    this.cpu = cpu;
  }

  /**
   * Notes progress.
   *
   * @return true when the measured part is over
   */
  boolean at(long done) {
    if (firstDone < 0 && done >= total * FROM) {
      firstDone = done;
      firstWallNanos = System.nanoTime();
      firstCpuNanos = cpu.nanos();
    }
    if (firstDone >= 0 && lastDone == 0 && done >= total * TO) {
      lastDone = done;
      lastWallNanos = System.nanoTime();
      lastCpuNanos = cpu.nanos();
    }
    return lastDone > 0;
  }

  Rate rate() {
    double events = lastDone - firstDone;
    return new Rate(
        events * 1e9 / (lastWallNanos - firstWallNanos),
        events * 1e9 / (lastCpuNanos - firstCpuNanos));
  }
}
