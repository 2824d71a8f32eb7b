// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.schemas.Fill;

/** What one fill of an intent cost. Flat, for checkpoints. */
public final class IntentFill {
  private static final double BPS = 1e4;

  /** Event time. */
  public long timeUs;

  /** price·qty, quote currency. */
  public double notional;

  /** s·(price − quote_price)/quote_price·10⁴, cost positive; NaN where the engine named none. */
  public double slippageBps;

  /** fee/(price·qty)·10⁴, cost positive; NaN in an asset that no price here can value. */
  public double feeBps;

  public IntentFill() {}

  /** The costs of a fill, by the formulas of the metrics registry. */
  static IntentFill of(Fill fill) {
    double price = fill.price().doubleValue();
    IntentFill made = new IntentFill();
    made.timeUs = fill.eventTimeUs();
    made.notional = price * fill.qty().doubleValue();
    made.slippageBps =
        fill.quotePrice() > 0
            ? fill.side().sign() * (price - fill.quotePrice()) / fill.quotePrice() * BPS
            : Double.NaN;
    made.feeBps = feeQuote(fill, price) / made.notional * BPS;
    return made;
  }

  private static double feeQuote(Fill fill, double price) {
    double fee = fill.fee().doubleValue();
    if (fee == 0 || fill.symbol().endsWith(fill.feeAsset())) {
      return fee;
    }
    return fill.symbol().startsWith(fill.feeAsset()) ? fee * price : Double.NaN;
  }
}
