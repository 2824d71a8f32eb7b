// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.schemas.Side;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where quotes go that were taken off because they stood too far back: a tick nearer to the market
 * than they were. Without it the replacement would join the end of the very same queue. Kept from
 * the cancel to the placing of its replacement.
 */
final class Nudges {
  private static final double BPS = 1e4;

  private final Map<Side, Double> prices = new EnumMap<>(Side.class);
  private final double withinBps;

  /**
   * @param withinBps a nudged price further than this from the target is out of date
   */
  Nudges(double withinBps) {
    this.withinBps = withinBps;
  }

  /** The replacement of a quote that rested at {@code livePrice}. */
  void moveIn(Side side, double livePrice, double tickSize) {
    prices.put(side, QueueAwareStage.inward(side, livePrice, tickSize));
  }

  /** The quote goes for another reason. */
  void forget(Side side) {
    prices.remove(side);
  }

  /** Every quote goes for another reason. */
  void clear() {
    prices.clear();
  }

  /** The price to place at: the nudged one, once, while it is near the target; else the target. */
  double take(Side side, double target) {
    Double nudged = prices.remove(side);
    if (nudged == null || Math.abs(nudged / target - 1.0) * BPS > withinBps) {
      return target;
    }
    return side == Side.BUY ? Math.max(target, nudged) : Math.min(target, nudged);
  }

  void hash(StateHash hash) {
    for (Side side : Side.values()) {
      hash.add(prices.getOrDefault(side, 0.0));
    }
  }
}
