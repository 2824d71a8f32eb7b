// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.fault;

import java.util.Set;

/** What can be injected, and the parameters each kind knows. */
public enum FaultKind {
  /** A share {@code miss_ratio} of passes takes {@code extra_ms} longer: the latency model. */
  DEADLINE_STORM,
  /** A share {@code miss_ratio} of cache lookups finds its entry expired: the cache. */
  CACHE_MISS,
  /** The taker cap is ignored and the engine crosses the spread {@code every_s} seconds. */
  TAKER_FLOW,
  /** Resident memory grows by {@code mb_per_h} and stays: the memory model. */
  MEMORY_LEAK,
  /** The venue's API fails, so the breaker opens. */
  BREAKER_OPEN,
  /** The trading loop stops: nothing is published or acknowledged; the venue goes on. */
  SILENCE,
  /** Ticks are lost after their number is assigned; everything else goes on. */
  HOLE;

  /** Names of the numbers that may stand under {@code params}. */
  public Set<String> parameters() {
    return switch (this) {
      case DEADLINE_STORM -> Set.of("miss_ratio", "extra_ms");
      case CACHE_MISS -> Set.of("miss_ratio");
      case TAKER_FLOW -> Set.of("every_s");
      case MEMORY_LEAK -> Set.of("mb_per_h");
      case BREAKER_OPEN, SILENCE, HOLE -> Set.of();
    };
  }
}
