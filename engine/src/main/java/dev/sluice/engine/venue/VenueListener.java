// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.venue;

/** Hears what a venue says; called from within {@link Venue#poll}, on the engine's thread. */
public interface VenueListener {
  /** An order's change of state, or an execution. */
  void onReport(ExecutionReport report);

  /** The answer to a query. */
  default void onStatus(OrderStatus status) {}
}
