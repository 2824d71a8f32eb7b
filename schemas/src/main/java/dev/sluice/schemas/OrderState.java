// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Life of an order; the legal moves are in contracts: terminal states absorb. */
public enum OrderState {
  INTENDED(false),
  SUBMITTED(false),
  ACKED(false),
  PARTIALLY_FILLED(false),
  FILLED(true),
  REJECTED(true),
  CANCEL_REQUESTED(false),
  CANCELLED(true),
  EXPIRED(true),
  UNKNOWN(false);

  private final boolean terminal;

  OrderState(boolean terminal) {
    this.terminal = terminal;
  }

  /** True when no further move is legal. */
  public boolean terminal() {
    return terminal;
  }
}
