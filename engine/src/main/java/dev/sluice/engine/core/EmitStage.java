// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.schemas.OrderState;

/**
 * Target against live quote: keep, cancel or place. A quote is replaced by cancelling it first; the
 * new one follows in a later pass, when the cancel is confirmed. A pure function.
 */
public final class EmitStage {
  private static final double BPS = 1e4;
  private static final double US_PER_MS = 1_000.0;

  /** What to do on one side. */
  public enum Move {
    KEEP,
    PLACE,
    CANCEL
  }

  private final EngineConfig.Quotes settings;

  public EmitStage(EngineConfig.Quotes settings) {
    this.settings = settings;
  }

  /**
   * Decides one side.
   *
   * @param wanted a quote is wanted at all
   * @param targetPrice where
   * @param live the order of this side that is not terminal, or null
   */
  Move decide(
      boolean wanted,
      double targetPrice,
      LiveOrder live,
      QueueAwareStage.Advice advice,
      long nowUs) {
    if (live == null) {
      return wanted ? Move.PLACE : Move.KEEP;
    }
    boolean resting =
        live.state() == OrderState.ACKED || live.state() == OrderState.PARTIALLY_FILLED;
    if (!resting) {
      return Move.KEEP;
    }
    if (!wanted) {
      return Move.CANCEL;
    }
    double ageMs = (nowUs - live.submittedAtUs()) / US_PER_MS;
    if (ageMs > settings.maxAgeMs()) {
      return Move.CANCEL;
    }
    if (ageMs < settings.minLifeMs() || advice == QueueAwareStage.Advice.KEEP) {
      return Move.KEEP;
    }
    double driftBps = Math.abs(live.priceValue() / targetPrice - 1.0) * BPS;
    boolean moves = driftBps > settings.requoteBps() || advice == QueueAwareStage.Advice.NUDGE;
    return moves ? Move.CANCEL : Move.KEEP;
  }
}
