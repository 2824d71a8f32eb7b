// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig.LatencyModel;
import dev.sluice.engine.market.SeededRandom;

/**
 * Stage times of a run that is faster than real time: log-normal around the configured medians, and
 * now and then a pass with a spike beyond the deadline. Seeded, so a run repeats exactly.
 */
public final class ModelledTimer implements StageTimer {
  private static final double ROUNDING = 1_000.0;
  private static final double PER_CALL_SHARE = 0.5;
  private static final double SPIKE_SPREAD_MS = 120.0;

  private final LatencyModel model;
  private final double deadlineMs;
  private final SeededRandom random;
  private double spikeMs;

  public ModelledTimer(LatencyModel model, long deadlineMs, long seed) {
    this.model = model;
    this.deadlineMs = deadlineMs;
    this.random = SeededRandom.of(seed, "stage-times");
  }

  @Override
  public void begin(long nowUs) {
    boolean spike = random.nextDouble() < model.spikeRatio();
    spikeMs = spike ? deadlineMs + random.nextDouble() * SPIKE_SPREAD_MS : 0.0;
  }

  @Override
  public double lapMs(Stage stage, int work) {
    double ms = medianMs(stage, work) * StrictMath.exp(model.sigma() * random.nextGaussian());
    if (stage == Stage.EMIT) {
      ms += spikeMs;
    }
    return Math.round(ms * ROUNDING) / ROUNDING;
  }

  private double medianMs(Stage stage, int work) {
    return switch (stage) {
      case FETCH_MD -> work == 0 ? model.fetchHitMs() : model.fetchMissMs();
      case SPREAD -> model.spreadMs();
      case GUARDS -> model.guardsMs();
      case INVENTORY -> model.inventoryMs();
      case QUEUE_AWARE -> model.queueAwareMs();
      case EMIT -> model.emitMs() * (1.0 + PER_CALL_SHARE * work);
    };
  }
}
