// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.config.EngineConfig.MdCache;
import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.market.SeededRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarketDataCacheTest {
  private static final long MS = 1_000L;
  private final SymbolMarket market = new SymbolMarket("SIMUSDT");
  private long updateId;

  @Test
  void entryIsAHitUntilItsTimeToLiveHasPassed() {
    quote(100.00, 100.02, 0);
    MarketDataCache cache = cache(true, FaultPlan.NONE);
    CacheRead first = cache.read(market, 0);
    assertThat(first.hit()).isFalse();
    assertThat(first.fetched()).isTrue();
    assertThat(first.stale()).isFalse();
    CacheRead hit = cache.read(market, 5_000 * MS);
    assertThat(hit.hit()).isTrue();
    assertThat(hit.ageMs()).isEqualTo(5_000.0);
  }

  @Test
  void staleEntryIsServedWhileARefreshRunsAndIsNoHit() {
    quote(100.00, 100.02, 0);
    MarketDataCache cache = cache(true, FaultPlan.NONE);
    cache.read(market, 0);
    CacheRead stale = cache.read(market, 5_001 * MS);
    assertThat(stale.hit()).isFalse();
    assertThat(stale.stale()).isTrue();
    assertThat(stale.fetched()).isFalse();
    CacheRead stillRefreshing = cache.read(market, 5_010 * MS);
    assertThat(stillRefreshing.stale()).isTrue();
    CacheRead refreshed = cache.read(market, 5_021 * MS);
    assertThat(refreshed.hit()).isTrue();
    assertThat(refreshed.ageMs()).isEqualTo(20.0);
  }

  @Test
  void nothingOlderThanThePricingLimitIsServed() {
    quote(100.00, 100.02, 0);
    MarketDataCache cache = cache(true, FaultPlan.NONE);
    cache.read(market, 0);
    CacheRead read = cache.read(market, 8_001 * MS);
    assertThat(read.fetched()).isTrue();
    assertThat(read.hit()).isFalse();
    assertThat(read.ageMs()).isZero();
  }

  @Test
  void marketThatMovedAwayMakesAYoungEntryAMiss() {
    quote(100.00, 100.02, 0);
    MarketDataCache cache = cache(true, FaultPlan.NONE);
    cache.read(market, 0);
    quote(100.01, 100.03, 100 * MS);
    assertThat(cache.read(market, 200 * MS).hit()).isTrue();
    quote(100.03, 100.05, 300 * MS);
    CacheRead moved = cache.read(market, 400 * MS);
    assertThat(moved.hit()).isFalse();
    assertThat(moved.fetched()).isTrue();
    assertThat(moved.data().bid()).isEqualTo(100.03);
  }

  @Test
  void switchedOffThereIsNoLookup() {
    quote(100.00, 100.02, 0);
    MarketDataCache cache = cache(false, FaultPlan.NONE);
    CacheRead read = cache.read(market, 0);
    assertThat(read.hit()).isNull();
    assertThat(read.fetched()).isTrue();
    assertThat(cache.read(market, 10 * MS).hit()).isNull();
  }

  @Test
  void injectedMissesExpireEntriesAndTheirRefreshFails() {
    quote(100.00, 100.02, 0);
    FaultPlan always =
        new FaultPlan(
            0,
            List.of(
                new Scenario.Fault(
                    "f", FaultKind.CACHE_MISS, 0, 60_000, Map.of("miss_ratio", "1"), List.of())));
    MarketDataCache cache = cache(true, always);
    for (long timeMs = 0; timeMs < 60_000; timeMs += 500) {
      CacheRead read = cache.read(market, timeMs * MS);
      assertThat(read.hit()).isFalse();
      assertThat(read.ageMs()).isLessThanOrEqualTo(8_000.0);
    }
    cache.read(market, 69_000 * MS);
    assertThat(cache.read(market, 69_500 * MS).hit()).isTrue();
  }

  private static MarketDataCache cache(boolean enabled, FaultPlan faults) {
    return new MarketDataCache(MdCache.defaults(), enabled, faults, SeededRandom.of(1, "test"));
  }

  private void quote(double bid, double ask, long timeUs) {
    market.apply(new MarketEvent.BestQuote("SIMUSDT", timeUs, timeUs, ++updateId, bid, 5, ask, 5));
  }
}
