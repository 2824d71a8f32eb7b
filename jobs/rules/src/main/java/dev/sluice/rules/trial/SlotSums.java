// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.bucket.LatencyBins;
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

  /** Adds everything but the markouts; slot, symbol and arm stay. */
  void addAtOnce(SlotSums other) {
    coveredMs = Math.addExact(coveredMs, other.coveredMs);
    ticks = Math.addExact(ticks, other.ticks);
    deadlineMisses = Math.addExact(deadlineMisses, other.deadlineMisses);
    fills = Math.addExact(fills, other.fills);
    takerFills = Math.addExact(takerFills, other.takerFills);
    notionalE6 = Math.addExact(notionalE6, other.notionalE6);
    takerNotionalE6 = Math.addExact(takerNotionalE6, other.takerNotionalE6);
    ordersIntended = Math.addExact(ordersIntended, other.ordersIntended);
    filledIntents = Math.addExact(filledIntents, other.filledIntents);
    captureWeightE6 = Math.addExact(captureWeightE6, other.captureWeightE6);
    captureSumE6 = Math.addExact(captureSumE6, other.captureSumE6);
    slippageWeightE6 = Math.addExact(slippageWeightE6, other.slippageWeightE6);
    slippageSumE6 = Math.addExact(slippageSumE6, other.slippageSumE6);
    feeWeightE6 = Math.addExact(feeWeightE6, other.feeWeightE6);
    feeSumE6 = Math.addExact(feeSumE6, other.feeSumE6);
    totalUsHistogram = merged(totalUsHistogram, other.totalUsHistogram);
  }

  /** Adds the markouts. */
  void addMarkouts(SlotSums other) {
    markout1sWeightE6 = Math.addExact(markout1sWeightE6, other.markout1sWeightE6);
    markout1sSumE6 = Math.addExact(markout1sSumE6, other.markout1sSumE6);
    markout5sWeightE6 = Math.addExact(markout5sWeightE6, other.markout5sWeightE6);
    markout5sSumE6 = Math.addExact(markout5sSumE6, other.markout5sSumE6);
    markout30sWeightE6 = Math.addExact(markout30sWeightE6, other.markout30sWeightE6);
    markout30sSumE6 = Math.addExact(markout30sSumE6, other.markout30sSumE6);
    markout60sWeightE6 = Math.addExact(markout60sWeightE6, other.markout60sWeightE6);
    markout60sSumE6 = Math.addExact(markout60sSumE6, other.markout60sSumE6);
  }

  /** One encoding of two, each null when empty. */
  static byte[] merged(byte[] one, byte[] other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    LatencyBins bins = new LatencyBins();
    bins.addEncoded(one);
    bins.addEncoded(other);
    return bins.encode();
  }
}
