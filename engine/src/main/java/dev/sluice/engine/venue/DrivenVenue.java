// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.venue;

import dev.sluice.engine.market.MarketEvent;

/**
 * A venue as the loop around an engine drives it: one in this process needs the market and time
 * given to it; one of its own needs neither and must be waited for. Not thread-safe.
 */
public interface DrivenVenue extends Venue {
  /** Takes a market event at its receive time. */
  void onMarket(MarketEvent event);

  /** Lets the venue's time pass; returns how much it did. */
  int doWork(long nowUs);

  /** Has the venue show a sign of life while event time stands still. */
  void heartbeat(long nowUs);

  /** Engine time at which the venue has something to do or to say, {@link Long#MAX_VALUE}: none. */
  long nextDueUs();

  /**
   * Waits for what the venue says next, at most this long of the wall clock. A venue that lives on
   * event time does not wait.
   */
  default void await(long us) {}
}
