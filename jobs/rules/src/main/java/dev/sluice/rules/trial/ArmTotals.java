// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.bucket.LatencyBins;

/** Sums over all slots of one arm in a stage; its public fields are the state. */
public final class ArmTotals {
  /** Slots with data. */
  public long slots;

  /** Those with at least one order. */
  public long activeSlots;

  /** Of all symbols; slot and symbol say nothing. */
  public SlotSums sums = new SlotSums();

  public ArmTotals() {}

  /** Counts a slot in: of part MARKED the markouts, of AT_ONCE the rest. */
  void add(Part part, SlotSums slot) {
    if (part == Part.MARKED) {
      addMarkouts(slot);
      return;
    }
    slots++;
    activeSlots += slot.ordersIntended > 0 ? 1 : 0;
    sums.coveredMs += slot.coveredMs;
    sums.ticks += slot.ticks;
    sums.deadlineMisses += slot.deadlineMisses;
    sums.fills += slot.fills;
    sums.takerFills += slot.takerFills;
    sums.notionalE6 = Math.addExact(sums.notionalE6, slot.notionalE6);
    sums.takerNotionalE6 = Math.addExact(sums.takerNotionalE6, slot.takerNotionalE6);
    sums.ordersIntended += slot.ordersIntended;
    sums.filledIntents += slot.filledIntents;
    sums.captureWeightE6 = Math.addExact(sums.captureWeightE6, slot.captureWeightE6);
    sums.captureSumE6 = Math.addExact(sums.captureSumE6, slot.captureSumE6);
    sums.slippageWeightE6 = Math.addExact(sums.slippageWeightE6, slot.slippageWeightE6);
    sums.slippageSumE6 = Math.addExact(sums.slippageSumE6, slot.slippageSumE6);
    sums.feeWeightE6 = Math.addExact(sums.feeWeightE6, slot.feeWeightE6);
    sums.feeSumE6 = Math.addExact(sums.feeSumE6, slot.feeSumE6);
    sums.totalUsHistogram = merged(sums.totalUsHistogram, slot.totalUsHistogram);
  }

  private void addMarkouts(SlotSums slot) {
    sums.markout1sWeightE6 = Math.addExact(sums.markout1sWeightE6, slot.markout1sWeightE6);
    sums.markout1sSumE6 = Math.addExact(sums.markout1sSumE6, slot.markout1sSumE6);
    sums.markout5sWeightE6 = Math.addExact(sums.markout5sWeightE6, slot.markout5sWeightE6);
    sums.markout5sSumE6 = Math.addExact(sums.markout5sSumE6, slot.markout5sSumE6);
    sums.markout30sWeightE6 = Math.addExact(sums.markout30sWeightE6, slot.markout30sWeightE6);
    sums.markout30sSumE6 = Math.addExact(sums.markout30sSumE6, slot.markout30sSumE6);
    sums.markout60sWeightE6 = Math.addExact(sums.markout60sWeightE6, slot.markout60sWeightE6);
    sums.markout60sSumE6 = Math.addExact(sums.markout60sSumE6, slot.markout60sSumE6);
  }

  private static byte[] merged(byte[] one, byte[] other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    LatencyBins bins = new LatencyBins();
    bins.addEncoded(one);
    bins.addEncoded(other);
    return bins.encode();
  }
}
