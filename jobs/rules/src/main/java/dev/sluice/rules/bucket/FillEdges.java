// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.codec.FillView;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a fill earned and cost, by the formulas of the metrics registry; s = +1 buy, −1 sell. */
public final class FillEdges {
  private static final double BPS = 1e4;
  private static final double E6 = 1e6;

  private FillEdges() {}

  /** Notional weight w = price·qty in millionths of quote currency, rounded half to even. */
  public static long weightE6(FillView fill) {
    return fill.price
        .multiply(fill.qty)
        .movePointRight(6)
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  /** s·(mid_at_fill − price)/mid_at_fill·10⁴: what the spread earned. */
  public static double captureBps(FillView fill) {
    return fill.side.sign() * (fill.midAtFill - fill.price.doubleValue()) / fill.midAtFill * BPS;
  }

  /** s·(price − quote_price)/quote_price·10⁴: a cost is positive. */
  public static double slippageBps(FillView fill) {
    return fill.side.sign() * (fill.price.doubleValue() - fill.quotePrice) / fill.quotePrice * BPS;
  }

  /**
   * fee/(price·qty)·10⁴, a rebate is negative. A fee taken in the symbol's base asset is valued at
   * the fill's price; NaN when the fee is in a third asset that no price here can value.
   */
  public static double feeBps(FillView fill) {
    BigDecimal fee = fill.fee;
    if (fee.signum() == 0) {
      return 0;
    }
    double feeQuote;
    if (fill.symbol.endsWith(fill.feeAsset)) {
      feeQuote = fee.doubleValue();
    } else if (fill.symbol.startsWith(fill.feeAsset)) {
      feeQuote = fee.doubleValue() * fill.price.doubleValue();
    } else {
      return Double.NaN;
    }
    return feeQuote / (weightE6(fill) / E6) * BPS;
  }

  /** s·(mid_later − mid_at_fill)/mid_at_fill·10⁴: negative is adverse selection. */
  public static double markoutBps(int sign, double midAtFill, double midLater) {
    return sign * (midLater - midAtFill) / midAtFill * BPS;
  }
}
