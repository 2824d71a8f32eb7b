// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** What can make an engine and its shadow drift apart; the earlier explains the later. */
public enum ParityCause {
  /** One of them was started anew within the window, or lost events. */
  RESTART,
  /** They did not see the same market. */
  MARKET_DATA,
  /** One of them heard of its orders later. */
  LATENCY,
  /** They paid different fees. */
  FEES,
  /** The same orders in the same market were filled differently. */
  FILL_MODEL
}
