// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.MarketSums;
import dev.sluice.schemas.codec.TickView;

/**
 * The {@link MarketSums} of a bucket under construction. Each observation is rounded to millionths
 * (or microseconds) once, then all sums are exact, so the order never shows. Sums stop at ±2⁵⁵ (36
 * billion quote currency over the ticks of one bucket), as those of {@link EdgeAccumulator} do.
 * Every plausible tick has a two-sided market. Not thread-safe.
 */
final class MarketAccumulator {
  private static final long LIMIT = 1L << 55;
  private static final double BPS = 1e4;
  private static final double E6 = 1e6;
  private static final double US_PER_MS = 1e3;

  private long quotes;
  private long spreadBpsE6;
  private long depthQuoteE6;
  private long cacheAges;
  private long cacheAgeUs;
  private long tradedTicks;
  private long tradedQuoteE6;
  private long queueEtas;
  private long queueEtaUs;
  private long positions;
  private long inventoryQuoteE6;
  private long absoluteInventoryQuoteE6;
  private long returns;
  private long squaredReturnsBps2E6;
  private long returnUs;

  void add(TickView tick) {
    double mid = tick.mid();
    double depth = (tick.bid * tick.bidSize + tick.ask * tick.askSize) * 0.5;
    quotes++;
    spreadBpsE6 = sum(spreadBpsE6, Math.round((tick.ask - tick.bid) / mid * BPS * E6));
    depthQuoteE6 = sum(depthQuoteE6, Math.round(depth * E6));
    if (tick.cacheAgeKnown) {
      cacheAges++;
      cacheAgeUs = sum(cacheAgeUs, Math.round(tick.cacheAgeMs * US_PER_MS));
    }
    if (tick.tradedKnown) {
      tradedTicks++;
      tradedQuoteE6 = sum(tradedQuoteE6, Math.round(tick.tradedQty * mid * E6));
    }
    if (tick.queueEtaKnown) {
      queueEtas++;
      queueEtaUs = sum(queueEtaUs, Math.round(tick.queueEtaMs * US_PER_MS));
    }
    if (tick.positionKnown) {
      long valueE6 = within(Math.round(tick.position * mid * E6));
      positions++;
      inventoryQuoteE6 = sum(inventoryQuoteE6, valueE6);
      absoluteInventoryQuoteE6 = sum(absoluteInventoryQuoteE6, Math.abs(valueE6));
    }
  }

  void add(MidReturns found) {
    returns += found.count();
    squaredReturnsBps2E6 = sum(squaredReturnsBps2E6, found.squaredBps2E6());
    returnUs = sum(returnUs, found.spanUs());
  }

  /**
   * Adds another bucket's.
   *
   * @param other null for none
   */
  void merge(MarketSums other) {
    if (other == null) {
      return;
    }
    quotes += other.quotes();
    spreadBpsE6 = sum(spreadBpsE6, other.spreadBpsE6());
    depthQuoteE6 = sum(depthQuoteE6, other.depthQuoteE6());
    cacheAges += other.cacheAges();
    cacheAgeUs = sum(cacheAgeUs, other.cacheAgeUs());
    tradedTicks += other.tradedTicks();
    tradedQuoteE6 = sum(tradedQuoteE6, other.tradedQuoteE6());
    queueEtas += other.queueEtas();
    queueEtaUs = sum(queueEtaUs, other.queueEtaUs());
    positions += other.positions();
    inventoryQuoteE6 = sum(inventoryQuoteE6, other.inventoryQuoteE6());
    absoluteInventoryQuoteE6 = sum(absoluteInventoryQuoteE6, other.absoluteInventoryQuoteE6());
    returns += other.returns();
    squaredReturnsBps2E6 = sum(squaredReturnsBps2E6, other.squaredReturnsBps2E6());
    returnUs = sum(returnUs, other.returnUs());
  }

  /** The sums so far; null when no tick was seen. */
  MarketSums toSums() {
    return quotes == 0
        ? null
        : new MarketSums(
            quotes,
            spreadBpsE6,
            depthQuoteE6,
            cacheAges,
            cacheAgeUs,
            tradedTicks,
            tradedQuoteE6,
            queueEtas,
            queueEtaUs,
            positions,
            inventoryQuoteE6,
            absoluteInventoryQuoteE6,
            returns,
            squaredReturnsBps2E6,
            returnUs);
  }

  void clear() {
    quotes = 0;
    spreadBpsE6 = 0;
    depthQuoteE6 = 0;
    cacheAges = 0;
    cacheAgeUs = 0;
    tradedTicks = 0;
    tradedQuoteE6 = 0;
    queueEtas = 0;
    queueEtaUs = 0;
    positions = 0;
    inventoryQuoteE6 = 0;
    absoluteInventoryQuoteE6 = 0;
    returns = 0;
    squaredReturnsBps2E6 = 0;
    returnUs = 0;
  }

  /** The sum of both, within the limit. */
  static long sum(long one, long other) {
    return within(within(one) + within(other));
  }

  private static long within(long value) {
    return Math.max(-LIMIT, Math.min(LIMIT, value));
  }
}
