// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;

/** What is known of one order; its public fields are the state. */
public final class WatchedOrder {
  public String clientOrderId = "";
  public String intentId = "";

  /** Run of the newest step. */
  public String runId = "";

  /** Null while only the venue has spoken of it. */
  public OrderState state;

  public String symbol = "";
  public Side side;
  public Source source;
  public BigDecimal qty = BigDecimal.ZERO;
  public BigDecimal cumQty = BigDecimal.ZERO;

  /** Sum of its fills; can be ahead of {@link #cumQty} when they are booked late. */
  public BigDecimal fillQty = BigDecimal.ZERO;

  /** Event time of the present state. */
  public long sinceUs;

  /** Since when it has waited for an outcome, 0 when it does not. */
  public long waitsSinceUs;

  /** Event time of the first submission, 0 before it. */
  public long submittedUs;

  /** Event time of the newest request to cancel it, 0 before one. */
  public long cancelUs;

  /** Event time of its end, 0 before it. */
  public long endedUs;

  /** Time of the venue's first word while the engine has said nothing, on the engine's clock. */
  public long copyUs;

  /** Holes in the stream of orders before its newest step. */
  public long holes;

  /** Standing finding about its intent, or null. */
  public String findingId;

  /** Kinds found already, one bit each, so that each is found once. */
  public int found;

  public String hedgeOf;
  public int hedgeLevel;
  public InputRange at;

  public WatchedOrder() {}

  /** What has been executed, by the steps or by the fills, whichever knows more. */
  BigDecimal executed() {
    return cumQty.max(fillQty);
  }
}
