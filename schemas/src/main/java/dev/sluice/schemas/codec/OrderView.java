// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import dev.sluice.schemas.OrderState;

/**
 * The fields of an {@link dev.sluice.schemas.Order} that buckets need, in a row that {@link
 * OrderReader} overwrites. Quantities are doubles here because buckets only compare them with 0.
 */
public final class OrderView extends EventView {
  public OrderState state;

  /** Limit price in quote currency, 0 when the order has none. */
  public double price;

  public double qty;
  public double cumQty;

  /** Event time of the submit, 0 before it, epoch microseconds. */
  public long submittedAtUs;
}
