// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.schemas.Arm;

/**
 * What was counted in one slot of one symbol without its warm-up; its public fields are the state.
 * Sums are those of {@link dev.sluice.schemas.Bucket}; a weight with its sum is an {@link
 * dev.sluice.schemas.EdgeSum}.
 */
public final class SlotSums {
  public String symbol = "";

  /** Number of the slot, see {@link dev.sluice.schemas.SlotAssignment}. */
  public long slot;

  public Arm arm = Arm.A;

  /** Event time with data, at most the slot without its warm-up. */
  public long coveredMs;

  public long ticks;
  public long deadlineMisses;
  public long fills;
  public long takerFills;
  public long notionalE6;
  public long takerNotionalE6;
  public long ordersIntended;
  public long filledIntents;
  public long captureWeightE6;
  public long captureSumE6;
  public long slippageWeightE6;
  public long slippageSumE6;
  public long feeWeightE6;
  public long feeSumE6;
  public long markout1sWeightE6;
  public long markout1sSumE6;
  public long markout5sWeightE6;
  public long markout5sSumE6;
  public long markout30sWeightE6;
  public long markout30sSumE6;
  public long markout60sWeightE6;
  public long markout60sSumE6;

  /** HdrHistogram V2 encoding of microseconds, null when empty. */
  public byte[] totalUsHistogram;

  public SlotSums() {}
}
