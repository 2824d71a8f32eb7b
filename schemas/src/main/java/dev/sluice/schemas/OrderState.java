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

  /** Whether an order in this state may move to the other: the closed table of legal moves. */
  public boolean mayBecome(OrderState next) {
    return switch (this) {
      case INTENDED -> next == SUBMITTED;
      case SUBMITTED -> next == ACKED || next == REJECTED || next == UNKNOWN;
      case ACKED, PARTIALLY_FILLED ->
          next == PARTIALLY_FILLED
              || next == FILLED
              || next == CANCEL_REQUESTED
              || next == EXPIRED;
      case CANCEL_REQUESTED -> next == CANCELLED || next == FILLED || next == UNKNOWN;
      case UNKNOWN -> next != INTENDED && next != SUBMITTED && next != UNKNOWN;
      case FILLED, REJECTED, CANCELLED, EXPIRED -> false;
    };
  }

  /** Whether some chain of legal moves leads to the other state. */
  public boolean mayReach(OrderState later) {
    return switch (this) {
      case INTENDED -> later != INTENDED;
      case SUBMITTED, ACKED, PARTIALLY_FILLED, CANCEL_REQUESTED, UNKNOWN ->
          later != INTENDED && later != SUBMITTED;
      case FILLED, REJECTED, CANCELLED, EXPIRED -> false;
    };
  }
}
