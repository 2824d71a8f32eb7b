// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.market.MarketEvent.TradePrint;
import dev.sluice.schemas.Side;

/**
 * How fast volume trades at each side of one symbol, from the prints of its trades. A print whose
 * buyer is the maker was a sale into the bids: it counts for the buying side. The rate is an
 * exponentially weighted mean with a half-life of {@value #HALF_LIFE_S} s:
 *
 * <pre>
 * rate(t) = Σ size · exp(−(t − time) / τ) / (τ · (1 − exp(−(t − t₀) / τ))),  τ = half-life / ln 2
 * </pre>
 *
 * where t₀ is the first print seen; the last factor makes good that nothing is known of before. Not
 * known within the first minute, nor while no print came at that side. Times are those of receipt.
 * Not thread-safe.
 */
final class TradedRate {
  static final double HALF_LIFE_S = 120.0;
  private static final double TAU_S = HALF_LIFE_S / StrictMath.log(2.0);
  private static final double KNOWN_AFTER_S = 60.0;
  private static final double US_PER_S = 1e6;
  private static final long NEVER = Long.MIN_VALUE;

  private final double[] sums = {0.0, 0.0};
  private final long[] lastUs = {NEVER, NEVER};
  private long firstUs = NEVER;

  void onTrade(TradePrint trade) {
    long nowUs = trade.receiveTimeUs();
    if (firstUs == NEVER) {
      firstUs = nowUs;
    }
    int hit = (trade.buyerIsMaker() ? Side.BUY : Side.SELL).ordinal();
    sums[hit] = decayed(hit, nowUs) + trade.size();
    lastUs[hit] = nowUs;
  }

  /** Base units per second, NaN when not known. */
  double perSecond(Side side, long nowUs) {
    double seenS = (nowUs - firstUs) / US_PER_S;
    if (lastUs[side.ordinal()] == NEVER || seenS < KNOWN_AFTER_S) {
      return Double.NaN;
    }
    return decayed(side.ordinal(), nowUs) / (TAU_S * (1.0 - StrictMath.exp(-seenS / TAU_S)));
  }

  private double decayed(int side, long nowUs) {
    return lastUs[side] == NEVER
        ? 0.0
        : sums[side] * StrictMath.exp(-Math.max(0L, nowUs - lastUs[side]) / US_PER_S / TAU_S);
  }
}
