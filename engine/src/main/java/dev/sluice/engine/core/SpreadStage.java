// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig.Spread;

/**
 * How far from the mid to quote. Adaptive: base + weights · (volatility, missing liquidity, used
 * deadline, recent loss), held between a minimum and a maximum; fixed when the flag is off. A pure
 * function.
 */
public final class SpreadStage {
  private final Spread settings;
  private final boolean adaptive;

  public SpreadStage(Spread settings, boolean adaptive) {
    this.settings = settings;
    this.adaptive = adaptive;
  }

  /**
   * Half spread in bps of the mid.
   *
   * @param usedDeadline recent pass time over the deadline, 0..
   * @param recentLossBps loss over the last while in bps of equity, 0 when there is a gain
   */
  public double halfBps(MarketData data, double usedDeadline, double recentLossBps) {
    if (!adaptive) {
      return settings.fixedHalfBps();
    }
    double missingLiquidity = Math.max(0.0, 1.0 - data.depth() / settings.referenceDepth());
    double halfBps =
        settings.baseHalfBps()
            + settings.volatilityWeight() * data.volatilityBps()
            + settings.liquidityWeight() * missingLiquidity
            + settings.latencyWeight() * usedDeadline
            + settings.lossWeight() * recentLossBps;
    return Math.min(settings.maxHalfBps(), Math.max(settings.minHalfBps(), halfBps));
  }
}
