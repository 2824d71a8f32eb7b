// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.market.SeededRandom;

/**
 * Memory of a simulated run: a warm-up ramp that flattens out, a little noise, and what an injected
 * leak has taken. A pure function of event time and seed.
 */
public final class MemoryModel implements ProcessGauges {
  private static final double BYTES_PER_MB = 1_048_576.0;
  private static final double HEAP_SHARE = 0.6;
  private static final long GC_EVERY_US = 30_000_000L;
  private static final long GC_PAUSE_MS = 3L;
  private static final long NOISE_CELL_US = 10_000_000L;

  private final EngineConfig.MemoryModel model;
  private final FaultPlan faults;
  private final long startUs;
  private final long seed;

  public MemoryModel(EngineConfig.MemoryModel model, FaultPlan faults, long startUs, long seed) {
    this.model = model;
    this.faults = faults;
    this.startUs = startUs;
    this.seed = seed;
  }

  @Override
  public long rssBytes(long nowUs) {
    double elapsedMs = Math.max(0L, nowUs - startUs) / 1_000.0;
    double rampMb = model.rampMb() * (1.0 - StrictMath.exp(-elapsedMs / model.rampTauMs()));
    double noiseMb = model.noiseMb() * noise(nowUs);
    return Math.round((model.baseMb() + rampMb + noiseMb + leakedMb(nowUs)) * BYTES_PER_MB);
  }

  @Override
  public long heapBytes(long nowUs) {
    return Math.round(rssBytes(nowUs) * HEAP_SHARE);
  }

  @Override
  public long gcPauseMsTotal(long nowUs) {
    return Math.max(0L, nowUs - startUs) / GC_EVERY_US * GC_PAUSE_MS;
  }

  /** Only what leaked since this process started: a restart frees it. */
  private double leakedMb(long nowUs) {
    return faults.leakedMb(nowUs) - faults.leakedMb(startUs);
  }

  private double noise(long nowUs) {
    return 2.0 * SeededRandom.of(seed + nowUs / NOISE_CELL_US, "memory").nextDouble() - 1.0;
  }
}
