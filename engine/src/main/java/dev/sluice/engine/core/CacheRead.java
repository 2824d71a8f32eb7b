// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.schemas.Nullable;

/**
 * One lookup of market data.
 *
 * @param hit served fresh from the cache; null when there was no lookup because the cache is off
 * @param ageMs age of the data
 * @param stale served although its time to live had passed
 * @param fetched the pass had to wait for a fetch
 */
public record CacheRead(
    MarketData data, @Nullable Boolean hit, double ageMs, boolean stale, boolean fetched) {}
