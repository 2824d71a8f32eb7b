// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig.Breaker;
import dev.sluice.schemas.BreakerState;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * CLOSED → OPEN after too many API errors within a window, OPEN → HALF_OPEN after the cool-down for
 * one probe, HALF_OPEN → CLOSED or back to OPEN. {@link #sinceUs} is when it left CLOSED and stays
 * through failed probes: how long the venue could not be used. Not thread-safe.
 */
public final class CircuitBreaker {
  private final Breaker settings;
  private final Deque<Long> errorsUs = new ArrayDeque<>();
  private BreakerState state = BreakerState.CLOSED;
  private long sinceUs;
  private long probeAtUs;

  public CircuitBreaker(Breaker settings, long startUs) {
    this.settings = settings;
    this.sinceUs = startUs;
  }

  /** An API call failed or an order was rejected. */
  public void onError(long nowUs) {
    if (state == BreakerState.HALF_OPEN) {
      open(nowUs);
      return;
    }
    if (state == BreakerState.OPEN) {
      return;
    }
    errorsUs.addLast(nowUs);
    while (errorsUs.peekFirst() <= nowUs - settings.windowMs() * 1_000L) {
      errorsUs.removeFirst();
    }
    if (errorsUs.size() >= settings.errors()) {
      sinceUs = nowUs;
      open(nowUs);
    }
  }

  /** An API call succeeded. */
  public void onSuccess(long nowUs) {
    if (state == BreakerState.HALF_OPEN) {
      state = BreakerState.CLOSED;
      sinceUs = nowUs;
      errorsUs.clear();
    }
  }

  /**
   * Whether the next status call may go out: always while CLOSED, after the cool-down as the probe.
   */
  public boolean admitsProbe(long nowUs) {
    if (state == BreakerState.OPEN && nowUs >= probeAtUs) {
      state = BreakerState.HALF_OPEN;
    }
    return state != BreakerState.OPEN;
  }

  public BreakerState state() {
    return state;
  }

  /** When the breaker left CLOSED, or came back to it. */
  public long sinceUs() {
    return sinceUs;
  }

  private void open(long nowUs) {
    state = BreakerState.OPEN;
    probeAtUs = nowUs + settings.coolDownMs() * 1_000L;
    errorsUs.clear();
  }
}
