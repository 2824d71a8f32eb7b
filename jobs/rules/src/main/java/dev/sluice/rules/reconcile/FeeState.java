// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What the venue's cumulative figures have been; null for what was never said. */
public final class FeeState {
  public long asOfUs;
  public BigDecimal fees;
  public BigDecimal turnover;

  /** The highest the fees have been, less the rebates since. */
  public BigDecimal highest;

  /** Since when fees are lower than that, 0 when they are not. */
  public long fellUs;

  /** Since when there is turnover without fees, 0 when there is none. */
  public long freeSinceUs;

  public BigDecimal freeSinceTurnover;

  /** Whether a snapshot of the present evaluation said them. */
  public boolean fresh;

  public List<Rebate> rebates = new ArrayList<>();

  public FeeState() {}

  /** A negative fee, in quote currency. */
  public record Rebate(long atUs, BigDecimal amount) {}
}
