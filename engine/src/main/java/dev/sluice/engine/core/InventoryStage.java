// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig;

/**
 * Prices and sizes of both quotes. With the flag on, a position shifts both prices against itself,
 * linearly up to the maximum skew, and shrinks the side that would enlarge it. A pure function.
 */
public final class InventoryStage {
  private static final double BPS = 1e4;

  private final EngineConfig.Inventory settings;
  private final double notional;
  private final double maxPosition;
  private final boolean skews;

  public InventoryStage(EngineConfig config) {
    this.settings = config.inventory();
    this.notional = config.quotes().notional();
    this.maxPosition = config.caps().maxPosition();
    this.skews = config.flags().inventorySkew();
  }

  /**
   * @param position base units, signed
   * @param permission which sides may be quoted
   */
  public Quotes quotes(
      MarketData data, double halfBps, double position, GuardStage.Permission permission) {
    double mid = data.mid();
    double fill = Math.max(-1.0, Math.min(1.0, position * mid / maxPosition));
    double skewBps = skews ? -settings.maxSkewBps() * fill : 0.0;
    double centre = mid * (1.0 + skewBps / BPS);
    double offset = mid * halfBps / BPS;
    double size = notional / mid;
    double bidSize = size * (skews ? 1.0 - settings.sizeDecay() * Math.max(0.0, fill) : 1.0);
    double askSize = size * (skews ? 1.0 - settings.sizeDecay() * Math.max(0.0, -fill) : 1.0);
    return new Quotes(
        centre - offset,
        allowed(bidSize, position, -1, permission),
        centre + offset,
        allowed(askSize, position, 1, permission));
  }

  /**
   * The size that may be quoted on a side that trades against a position of {@code shrinks} sign.
   */
  private static double allowed(
      double size, double position, int shrinks, GuardStage.Permission permission) {
    if (permission.mayOpen()) {
      return size;
    }
    boolean reduces = position * shrinks > 0;
    return permission.mayReduce() && reduces ? Math.min(size, Math.abs(position)) : 0.0;
  }
}
