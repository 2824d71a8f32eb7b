// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.market.SeededRandom;

/** Adds the latency of an injected deadline storm to whatever another timer says. */
public final class StormTimer implements StageTimer {
  private final StageTimer timer;
  private final FaultPlan faults;
  private final SeededRandom random;
  private double extraMs;

  public StormTimer(StageTimer timer, FaultPlan faults, long seed) {
    this.timer = timer;
    this.faults = faults;
    this.random = SeededRandom.of(seed, "deadline-storm");
  }

  @Override
  public void begin(long nowUs) {
    double ratio = faults.stormRatio(nowUs);
    extraMs = ratio > 0 && random.nextDouble() < ratio ? faults.stormExtraMs(nowUs) : 0.0;
    timer.begin(nowUs);
  }

  @Override
  public double lapMs(Stage stage, int work) {
    double ms = timer.lapMs(stage, work);
    return stage == Stage.EMIT ? ms + extraMs : ms;
  }
}
