// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig.MdCache;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.market.SeededRandom;

/**
 * The market data of one symbol between fetches: within its time to live an entry is a hit; up to
 * the pricing limit it is served stale while a refresh runs; beyond it, or when the market has
 * moved away from it, the pass waits for a fetch. Nothing older than the pricing limit is ever
 * priced on. Not thread-safe.
 */
public final class MarketDataCache {
  private static final double BPS = 1e4;
  private static final double US_PER_MS = 1_000.0;

  private final MdCache settings;
  private final boolean enabled;
  private final FaultPlan faults;
  private final SeededRandom random;
  private MarketData entry;
  private MarketData refresh;
  private long refreshReadyUs;

  public MarketDataCache(MdCache settings, boolean enabled, FaultPlan faults, SeededRandom random) {
    this.settings = settings;
    this.enabled = enabled;
    this.faults = faults;
    this.random = random;
  }

  /** One lookup at {@code nowUs}. */
  public CacheRead read(SymbolMarket market, long nowUs) {
    if (!enabled) {
      return new CacheRead(market.snapshot(nowUs), null, 0.0, false, true);
    }
    if (refresh != null && nowUs >= refreshReadyUs) {
      entry = refresh;
      refresh = null;
    }
    double missRatio = faults.cacheMissRatio(nowUs);
    boolean expiredByFault = missRatio > 0 && random.chance(missRatio);
    double ageMs = entry == null ? Double.MAX_VALUE : (nowUs - entry.asOfUs()) / US_PER_MS;
    if (ageMs > settings.pricingLimitMs() || moved(market)) {
      return fetch(market, nowUs);
    }
    if (ageMs <= settings.ttlMs() && !expiredByFault) {
      return new CacheRead(entry, true, ageMs, false, false);
    }
    if (refresh == null && !expiredByFault) {
      refresh = market.snapshot(nowUs);
      refreshReadyUs = nowUs + settings.refreshMs() * 1_000L;
    }
    return new CacheRead(entry, false, ageMs, true, false);
  }

  private CacheRead fetch(SymbolMarket market, long nowUs) {
    entry = market.snapshot(nowUs);
    refresh = null;
    return new CacheRead(entry, false, 0.0, false, true);
  }

  private boolean moved(SymbolMarket market) {
    double limit = settings.invalidateMoveBps() / BPS;
    double mid = entry.mid();
    return Math.abs(market.book().bestBid() - entry.bid()) > limit * mid
        || Math.abs(market.book().bestAsk() - entry.ask()) > limit * mid;
  }
}
