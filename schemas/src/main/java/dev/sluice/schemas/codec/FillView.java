// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;

/**
 * The fields of a {@link dev.sluice.schemas.Fill} that buckets and risk need, in a row that {@link
 * FillReader} overwrites. Money stays decimal: weights are exact.
 */
public final class FillView extends EventView {
  public Side side;
  public BigDecimal price;
  public BigDecimal qty;
  public Liquidity liquidity;

  /** In {@link #feeAsset}; a cost is positive, a rebate negative. */
  public BigDecimal fee;

  public String feeAsset;
  public double quotePrice;
  public double midAtQuote;
  public double midAtFill;
  public double quoteToFillMs;

  /** Base units, signed; a double is enough for exposures. */
  public double positionAfter;
}
