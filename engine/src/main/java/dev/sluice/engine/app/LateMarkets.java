// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import dev.sluice.engine.core.Markets;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.market.MarketEvent;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The engine's own view of the market, which an injected lag holds behind the market itself. Events
 * keep their order and their times. Not thread-safe.
 */
final class LateMarkets {
  private record Waiting(long dueUs, MarketEvent event) {}

  private final Markets markets;
  private final FaultPlan faults;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private long lastDueUs = Long.MIN_VALUE;

  LateMarkets(Markets markets, FaultPlan faults) {
    this.markets = markets;
    this.faults = faults;
  }

  /**
   * Takes an event at its receive time and shows it at once, unless the engine is to see it late.
   */
  void take(MarketEvent event) {
    long dueUs = event.receiveTimeUs() + faults.marketLagUs(event.receiveTimeUs());
    lastDueUs = Math.max(lastDueUs, dueUs);
    if (waiting.isEmpty() && lastDueUs <= event.receiveTimeUs()) {
      markets.apply(event);
    } else {
      waiting.add(new Waiting(lastDueUs, event));
    }
  }

  /** Shows what is due. */
  void release(long nowUs) {
    while (!waiting.isEmpty() && waiting.peek().dueUs() <= nowUs) {
      markets.apply(waiting.remove().event());
    }
  }

  /** When something is due, {@link Long#MAX_VALUE} for never. */
  long nextDueUs() {
    return waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().dueUs();
  }
}
