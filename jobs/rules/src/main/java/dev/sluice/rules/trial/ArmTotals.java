// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

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
      sums.addMarkouts(slot);
      return;
    }
    slots++;
    activeSlots += slot.ordersIntended > 0 ? 1 : 0;
    sums.addAtOnce(slot);
  }
}
