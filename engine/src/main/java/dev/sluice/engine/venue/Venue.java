// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.venue;

import dev.sluice.schemas.Balance;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.Position;
import java.util.List;

/**
 * A place to trade. Orders and cancels are requests: they arrive after the venue's latency and the
 * answer comes back after it too, through {@link #poll}. Not thread-safe; called from the engine's
 * one thread.
 */
public interface Venue {
  /** Sends an order; the outcome comes as reports. */
  void submit(NewOrder order, long nowUs);

  /**
   * Asks to cancel; the outcome (CANCELLED, or FILLED when the fill was faster) comes as a report.
   */
  void cancel(String clientOrderId, long nowUs);

  /**
   * Asks what the venue knows of an order; the answer comes through {@link #poll} as a status, also
   * when the venue has never heard of it.
   */
  void query(String clientOrderId, long nowUs);

  /**
   * Hands the reports that are due at {@code nowUs} to the engine, oldest first; returns how many.
   */
  int poll(long nowUs, VenueListener listener);

  /** Orders resting now, as the venue sees them. */
  List<OpenOrder> openOrders();

  /** Volume now ahead of a resting order at its level, base units; NaN when unknown. */
  double queueAhead(String clientOrderId);

  List<Position> positions();

  List<Balance> balances();
}
