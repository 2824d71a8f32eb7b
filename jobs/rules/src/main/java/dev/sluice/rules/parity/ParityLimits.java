// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.schemas.ParityCause;
import java.io.Serializable;

/**
 * How much of each cause an engine and its shadow may differ in before it explains anything.
 *
 * @param restart starts and lost records of either side within a window
 * @param marketDataBps median distance of the two mids
 * @param latencyMs median difference of submit to acknowledgement
 * @param feeBps difference of the fees of pairs filled on both sides, weighted by notional
 * @param fillShare share of the pairs at one price of which exactly one side was filled, 0..1
 */
public record ParityLimits(
    int restart, double marketDataBps, double latencyMs, double feeBps, double fillShare)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks the limits. */
  public ParityLimits {
    boolean amounts = marketDataBps >= 0 && latencyMs >= 0 && feeBps >= 0;
    if (restart < 0 || !amounts || !(fillShare >= 0 && fillShare <= 1)) {
      throw new IllegalArgumentException(
          "limits of causes must not be negative, and fill_share at most 1");
    }
  }

  /** What is used unless configured. */
  public static ParityLimits defaults() {
    return new ParityLimits(0, 0.5, 10, 0.05, 0.05);
  }

  /** The limit of a cause, in its {@link #unit}. */
  double of(ParityCause cause) {
    return switch (cause) {
      case RESTART -> restart;
      case MARKET_DATA -> marketDataBps;
      case LATENCY -> latencyMs;
      case FEES -> feeBps;
      case FILL_MODEL -> fillShare;
    };
  }

  /** The unit of a cause. */
  static String unit(ParityCause cause) {
    return switch (cause) {
      case RESTART -> "1";
      case MARKET_DATA, FEES -> "bps";
      case LATENCY -> "ms";
      case FILL_MODEL -> "ratio";
    };
  }
}
