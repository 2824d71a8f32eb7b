// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/**
 * What the ticks of one bucket say of the market of its symbol and of the engine's inventory. Sums
 * are exact in fixed point (millionths), so that merging in any order gives identical bits; an
 * observation that a tick does not carry is in neither its count nor its sum.
 *
 * @param quotes ticks with a two-sided market, as every plausible tick has
 * @param spreadBpsE6 Σ (ask − bid)/mid·10⁴
 * @param depthQuoteE6 Σ (bid·bid_size + ask·ask_size)/2
 * @param cacheAges ticks that say how old their market data was
 * @param cacheAgeUs Σ of those ages
 * @param tradedTicks ticks that say what traded since the pass before
 * @param tradedQuoteE6 Σ traded_qty·mid
 * @param queueEtas ticks that expect a fill time of their quotes
 * @param queueEtaUs Σ of those
 * @param positions ticks that say the engine's position
 * @param inventoryQuoteE6 Σ position·mid, signed
 * @param absoluteInventoryQuoteE6 Σ |position·mid|
 * @param returns steps of the symbol's mid from one second's first to the next within the bucket,
 *     of all its ticks: arms that share the bucket each have the same; none over the border of two
 *     buckets; 0 in an amendment
 * @param squaredReturnsBps2E6 Σ of their squares, bps²
 * @param returnUs Σ of the time they span
 */
public record MarketSums(
    long quotes,
    long spreadBpsE6,
    long depthQuoteE6,
    long cacheAges,
    long cacheAgeUs,
    long tradedTicks,
    long tradedQuoteE6,
    long queueEtas,
    long queueEtaUs,
    long positions,
    long inventoryQuoteE6,
    long absoluteInventoryQuoteE6,
    long returns,
    long squaredReturnsBps2E6,
    long returnUs) {}
