// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.schemas.Side;

/**
 * What a live quote's place in the queue is worth. A good place is kept although the target has
 * drifted a little; from far back the quote moves a tick inward. Far back is, by the flag
 * queue_aware, many of its own sizes, and by the flag queue_eta a long time until it is reached:
 *
 * <pre>time until reached = (volume at better prices + volume ahead at its own)
 *                      / volume traded at that side per time</pre>
 *
 * A pure function.
 */
public final class QueueAwareStage {
  private static final double BPS = 1e4;
  private static final double MS_PER_S = 1e3;

  /** What the queue advises for one side. */
  public enum Advice {
    NONE,
    KEEP,
    NUDGE
  }

  private final EngineConfig.QueueAware settings;
  private final boolean byQueue;
  private final boolean byTime;

  public QueueAwareStage(EngineConfig config) {
    this.settings = config.queueAware();
    this.byQueue = config.flags().queueAware();
    this.byTime = config.flags().queueEta();
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
   * @param inFront volume displayed at better prices, base units
   * @param ratePerS volume traded at this side, base units per second; NaN when not known
   */
  public Advice advise(
      double targetPrice,
      double livePrice,
      double aheadNow,
      double aheadAtJoin,
      double size,
      double ageMs,
      double inFront,
      double ratePerS) {
    if ((!byQueue && !byTime) || Double.isNaN(aheadNow)) {
      return Advice.NONE;
    }
    double driftBps = Math.abs(livePrice / targetPrice - 1.0) * BPS;
    if (driftBps > settings.keepWithinBps()) {
      return Advice.NONE;
    }
    if (byQueue && aheadNow <= settings.keepRatio() * Math.max(aheadAtJoin, size)) {
      return Advice.KEEP;
    }
    boolean farBack = byQueue && aheadNow > settings.nudgeRatio() * size;
    boolean tooLate = byTime && etaMs(inFront + aheadNow, ratePerS) > settings.maxEtaMs();
    boolean moves = (farBack || tooLate) && ageMs >= settings.nudgeAfterMs();
    return moves ? Advice.NUDGE : Advice.NONE;
  }

  /** Time until everything ahead has traded; NaN when the rate is not known. */
  static double etaMs(double ahead, double ratePerS) {
    return ahead / ratePerS * MS_PER_S;
  }

  /** The price one tick nearer to the market. */
  public static double inward(Side side, double price, double tickSize) {
    return price + side.sign() * tickSize;
  }
}
