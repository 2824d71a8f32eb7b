// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** What can be wrong between two books, or within the streams of one engine. */
public enum FindingKind {
  // reconciliation
  /** The venue has it, the engine does not: a fill, an open order. */
  MISSING_AT_ENGINE(Detector.RECONCILIATION),
  /** The engine has it, the venue does not. */
  MISSING_AT_VENUE(Detector.RECONCILIATION),
  /** One side has one execution twice. */
  DUPLICATE(Detector.RECONCILIATION),
  /** Quantities differ: of a fill or an open order. */
  QUANTITY_DIFFERS(Detector.RECONCILIATION),
  /** Prices of one fill differ by more than the limit. */
  PRICE_DIFFERS(Detector.RECONCILIATION),
  /** Fees of one fill differ by more than the tolerance. */
  FEE_DIFFERS(Detector.RECONCILIATION),
  /** Totals of one asset differ by more than the tolerance. */
  BALANCE_DIFFERS(Detector.RECONCILIATION),
  /** Positions in one symbol differ by more than the tolerance. */
  POSITION_DIFFERS(Detector.RECONCILIATION),
  /** The position is too far from the target inventory. */
  INVENTORY_OFF_TARGET(Detector.RECONCILIATION),
  /** Cumulative fees have fallen without a rebate. */
  FEES_FELL(Detector.RECONCILIATION),
  /** There was turnover and no fees. */
  TURNOVER_WITHOUT_FEES(Detector.RECONCILIATION),
  /** A fill that the engine booked long after the venue made it; matched all the same. */
  LATE_FILL(Detector.RECONCILIATION),
  /** One client order id for two orders, as after a restart that forgot its ids. */
  DUPLICATE_IDENTITY(Detector.RECONCILIATION),
  // integrity
  /** A move the table of order states forbids. */
  ILLEGAL_MOVE(Detector.INTEGRITY),
  /** The cumulative quantity of an order fell. */
  CUM_QTY_FELL(Detector.INTEGRITY),
  /** One execution booked twice. */
  DUPLICATE_FILL(Detector.INTEGRITY),
  /** One client order id submitted twice. */
  DUPLICATE_ORDER(Detector.INTEGRITY),
  /** An intent or a submission that never came to an outcome. */
  INTENT_WITHOUT_OUTCOME(Detector.INTEGRITY),
  /** An order at the venue that no intent of the engine explains. */
  ORDER_WITHOUT_INTENT(Detector.INTEGRITY),
  /** Quantity of a hedge left open after its last level. */
  HEDGE_RESIDUAL(Detector.INTEGRITY),
  /** The venue's clock and the engine's are too far apart, or the venue's stood still or fell. */
  CLOCK_SKEW(Detector.INTEGRITY),
  /** Something was done for a time-out before the venue's deadline had passed. */
  EARLY_TIMEOUT(Detector.INTEGRITY);

  private final Detector detector;

  FindingKind(Detector detector) {
    this.detector = detector;
  }

  /** Who looks for it. */
  public Detector detector() {
    return detector;
  }
}
