// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

/**
 * The day's starting equity, which rolls at UTC midnight, and the loss over the last ten minutes.
 * Not thread-safe.
 */
final class PnlTracker {
  private static final long DAY_US = 86_400_000_000L;
  private static final long SAMPLE_US = 10_000_000L;
  private static final int SAMPLES = 60;
  private static final double BPS = 1e4;

  private final double[] samples = new double[SAMPLES];
  private long sampleCount;
  private long nextSampleUs = Long.MIN_VALUE;
  private long day = Long.MIN_VALUE;
  private double dayStartEquity;
  private double recentLossBps;

  /** Continues a day that an earlier run of the same day began. */
  void restore(long nowUs, double equityAtDayStart) {
    day = Math.floorDiv(nowUs, DAY_US);
    dayStartEquity = equityAtDayStart;
  }

  /** Takes the equity at a time. */
  void update(double equity, long nowUs) {
    long today = Math.floorDiv(nowUs, DAY_US);
    if (today != day) {
      day = today;
      dayStartEquity = equity;
    }
    if (nowUs >= nextSampleUs) {
      nextSampleUs = nowUs + SAMPLE_US;
      int index = (int) (sampleCount % SAMPLES);
      double then = sampleCount < SAMPLES ? samples[0] : samples[index];
      double before = sampleCount == 0 ? equity : then;
      samples[index] = equity;
      sampleCount++;
      recentLossBps = Math.max(0.0, (before - equity) / dayStartEquity * BPS);
    }
  }

  double dayStartEquity() {
    return dayStartEquity;
  }

  /** Loss since the start of the UTC day over the equity at its start, 0 when there is a gain. */
  double dayLossRatio(double equity) {
    return Math.max(0.0, (dayStartEquity - equity) / dayStartEquity);
  }

  /** Loss over the last ten minutes, bps of equity. */
  double recentLossBps() {
    return recentLossBps;
  }
}
