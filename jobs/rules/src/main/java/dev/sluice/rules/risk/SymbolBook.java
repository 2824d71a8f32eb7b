// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

/**
 * One engine's position in one symbol at average cost, and its mark. Amounts count since the
 * engine's anchor. Mutable; its fields are the state.
 */
public final class SymbolBook {
  /** Quantities closer than this are the same: they are sums of doubles. */
  private static final double QTY_TOLERANCE = 1e-9;

  public String symbol = "";

  /** Run and number of the newest trade, empty before the first. */
  public String runId = "";

  public long seq;
  public long tradeUs;

  /** Base units, signed. */
  public double qty;

  /** Average price of the open position; the mark at the anchor for what was open then. */
  public double avgPrice;

  /** Realised PnL since the anchor, after fees, quote currency. */
  public double realised;

  /** Fees since the anchor, quote currency, a cost positive. */
  public double fees;

  public TwoOfThree mark = new TwoOfThree();
  public long markUs;

  /** Position of its symbol in the judge's list of prices. */
  transient int priceIndex;

  public SymbolBook() {}

  /** Books a trade. Returns false when the position it tells is not what was known: a hole. */
  boolean trade(Trade trade) {
    if (!trade.runId().equals(runId) ? trade.eventTimeUs() < tradeUs : trade.seq() < seq) {
      pay(trade.fee()); // a newer trade has told the position already
      return true;
    }
    if (!mark.known()) {
      mark.offer(trade.price(), Double.MAX_VALUE);
      markUs = trade.eventTimeUs();
    }
    double signedQty = trade.sign() * trade.qty();
    double before = trade.positionAfter() - signedQty;
    boolean explained = same(before, qty);
    if (!explained && !trade.runId().equals(runId)) {
      qty = before; // what it was at the anchor was a belief, and wrong
      avgPrice = avgPrice > 0 ? avgPrice : trade.price();
    } else if (!explained) {
      move(before - qty, trade.price());
    }
    move(signedQty, trade.price());
    pay(trade.fee());
    qty = same(trade.positionAfter(), 0) ? 0 : trade.positionAfter();
    runId = trade.runId();
    seq = trade.seq();
    tradeUs = Math.max(tradeUs, trade.eventTimeUs());
    return explained;
  }

  /** Starts counting anew: what is open was bought at the mark. */
  void anchor() {
    realised = 0;
    fees = 0;
    if (mark.known()) {
      avgPrice = mark.believed;
    }
  }

  /** PnL since the anchor, realised and open. */
  double pnl() {
    return qty == 0 ? realised : realised + qty * (mark.believed - avgPrice);
  }

  /** Position at its mark, signed, quote currency. */
  double exposure() {
    return qty == 0 ? 0 : qty * mark.believed;
  }

  private void pay(double fee) {
    fees += fee;
    realised -= fee;
  }

  /** Average cost: what enlarges moves the average, what closes realises. */
  private void move(double signedQty, double price) {
    double after = qty + signedQty;
    if (qty == 0 || Math.signum(qty) == Math.signum(signedQty)) {
      double cost = avgPrice * Math.abs(qty) + price * Math.abs(signedQty);
      avgPrice = after == 0 ? 0 : cost / Math.abs(after);
    } else {
      double closed = Math.min(Math.abs(qty), Math.abs(signedQty));
      realised += (price - avgPrice) * closed * Math.signum(qty);
      if (Math.signum(after) != Math.signum(qty)) {
        avgPrice = after == 0 ? 0 : price;
      }
    }
    qty = after;
  }

  private static boolean same(double one, double other) {
    return Math.abs(one - other) <= QTY_TOLERANCE * Math.max(1, Math.abs(other));
  }
}
