// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.market.SeededRandom;

/**
 * How one symbol is quoted: the stages of a pass with their settings, one set for each arm of a
 * trial. Not thread-safe.
 */
final class Quoting {
  private static final double PASS_AVERAGE_WEIGHT = 0.1;

  private final EngineConfig config;
  private final MarketDataCache cache;
  private final SpreadStage spread;
  private final InventoryStage inventory;
  private final QueueAwareStage queue;
  private final EmitStage emit;
  private final Nudges nudges;
  private double recentPassMs;

  Quoting(EngineConfig config, MarketDataCache cache) {
    this.config = config;
    this.cache = cache;
    this.spread = new SpreadStage(config.spread(), config.flags().adaptiveSpread());
    this.inventory = new InventoryStage(config);
    this.queue = new QueueAwareStage(config);
    this.emit = new EmitStage(config.quotes());
    this.nudges = new Nudges(config.queueAware().keepWithinBps());
  }

  /** As the engine is configured. */
  static Quoting of(EngineConfig config, String symbol, FaultPlan faults) {
    SeededRandom random = SeededRandom.of(config.seed(), "cache-" + symbol);
    return new Quoting(
        config, new MarketDataCache(config.mdCache(), config.flags().mdCache(), faults, random));
  }

  /** The same under other settings; they share the cache unless one of them has none. */
  Quoting under(EngineConfig other, String symbol, FaultPlan faults) {
    boolean sameCache = other.flags().mdCache() == config.flags().mdCache();
    return sameCache ? new Quoting(other, cache) : of(other, symbol, faults);
  }

  /** Goes on with what passes took under other settings. */
  Quoting after(Quoting before) {
    recentPassMs = before.recentPassMs;
    return this;
  }

  EngineConfig config() {
    return config;
  }

  EngineConfig.Flags flags() {
    return config.flags();
  }

  MarketDataCache cache() {
    return cache;
  }

  SpreadStage spread() {
    return spread;
  }

  InventoryStage inventory() {
    return inventory;
  }

  QueueAwareStage queue() {
    return queue;
  }

  EmitStage emit() {
    return emit;
  }

  /** Moving average of what a pass took; of this arm's passes alone. */
  double recentPassMs() {
    return recentPassMs;
  }

  /** Hears what a pass under these settings took. */
  void passTook(double totalMs) {
    recentPassMs += PASS_AVERAGE_WEIGHT * (totalMs - recentPassMs);
  }

  void hash(StateHash hash) {
    hash.add(recentPassMs);
    nudges.hash(hash);
  }

  Nudges nudges() {
    return nudges;
  }
}
