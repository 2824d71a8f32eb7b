// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig.Guards;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Mode;

/** Whether to quote at all, and on which side; the first reason wins. A pure function. */
public final class GuardStage {
  private static final double US_PER_MS = 1_000.0;

  /** Why quoting is restricted, the worst first. */
  public enum Block {
    NONE,
    STALE_DATA,
    BREAKER,
    LATENCY,
    DAILY_LOSS,
    CONTROL,
    HEDGE_RESIDUAL
  }

  /**
   * @param mayOpen quotes may enlarge the position
   * @param mayReduce quotes may shrink it
   */
  public record Permission(boolean mayOpen, boolean mayReduce, Block block) {
    static final Permission FREE = new Permission(true, true, Block.NONE);

    /** The same while a hedge that was given up leaves too large a position. */
    Permission reducing() {
      return mayOpen ? new Permission(false, mayReduce, Block.HEDGE_RESIDUAL) : this;
    }
  }

  private final Guards settings;

  public GuardStage(Guards settings) {
    this.settings = settings;
  }

  /**
   * Judges one pass.
   *
   * @param recentPassMs moving average of the pass time
   * @param lossCapHit the hard cap on the day's loss is reached
   */
  public Permission check(
      MarketData data,
      long nowUs,
      BreakerState breaker,
      double recentPassMs,
      boolean lossCapHit,
      Mode mode) {
    if ((nowUs - data.changedUs()) / US_PER_MS > settings.staleAfterMs()) {
      return new Permission(false, false, Block.STALE_DATA);
    }
    if (breaker != BreakerState.CLOSED) {
      return new Permission(false, false, Block.BREAKER);
    }
    if (recentPassMs > settings.maxLatencyMs()) {
      return new Permission(false, false, Block.LATENCY);
    }
    return switch (mode) {
      case RUN -> lossCapHit ? new Permission(false, true, Block.DAILY_LOSS) : Permission.FREE;
      case REDUCE_ONLY -> new Permission(false, true, Block.CONTROL);
      case PAUSE, HALT, FLATTEN -> new Permission(false, false, Block.CONTROL);
    };
  }
}
