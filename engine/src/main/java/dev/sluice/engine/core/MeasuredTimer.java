// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import java.util.function.LongSupplier;

/** Measures with a monotonic nanosecond clock that is handed in. */
public final class MeasuredTimer implements StageTimer {
  private static final double NANOS_PER_MS = 1e6;

  private final LongSupplier nanoTime;
  private long lastNanos;

  public MeasuredTimer(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public void begin(long nowUs) {
    lastNanos = nanoTime.getAsLong();
  }

  @Override
  public double lapMs(Stage stage, int work) {
    long nowNanos = nanoTime.getAsLong();
    double elapsedMs = (nowNanos - lastNanos) / NANOS_PER_MS;
    lastNanos = nowNanos;
    return elapsedMs;
  }
}
