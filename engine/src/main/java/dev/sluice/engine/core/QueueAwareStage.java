// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.schemas.Side;

/**
 * What a live quote's place in the queue is worth. A good place is kept although the target has
 * drifted a little; from far back the quote moves a tick inward. A pure function.
 */
public final class QueueAwareStage {
  private static final double BPS = 1e4;

  /** What the queue advises for one side. */
  public enum Advice {
    NONE,
    KEEP,
    NUDGE
  }

  private final EngineConfig.QueueAware settings;
  private final boolean enabled;

  public QueueAwareStage(EngineConfig config) {
    this.settings = config.queueAware();
    this.enabled = config.flags().queueAware();
  }

  /**
   * Advice for one side.
   *
   * @param targetPrice where the earlier stages want to quote
   * @param livePrice where the quote rests
   * @param aheadNow volume ahead of it, NaN when unknown
   * @param aheadAtJoin volume that was ahead when it joined, NaN when unknown
   * @param size own size at rest
   * @param ageMs since the quote was sent
   */
  public Advice advise(
      double targetPrice,
      double livePrice,
      double aheadNow,
      double aheadAtJoin,
      double size,
      double ageMs) {
    if (!enabled || Double.isNaN(aheadNow)) {
      return Advice.NONE;
    }
    double driftBps = Math.abs(livePrice / targetPrice - 1.0) * BPS;
    if (driftBps > settings.keepWithinBps()) {
      return Advice.NONE;
    }
    if (aheadNow <= settings.keepRatio() * Math.max(aheadAtJoin, size)) {
      return Advice.KEEP;
    }
    boolean farBack = aheadNow > settings.nudgeRatio() * size;
    return farBack && ageMs >= settings.nudgeAfterMs() ? Advice.NUDGE : Advice.NONE;
  }

  /** The price one tick nearer to the market. */
  public static double inward(Side side, double price, double tickSize) {
    return price + side.sign() * tickSize;
  }
}
