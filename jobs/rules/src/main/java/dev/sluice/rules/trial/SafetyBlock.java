// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.schemas.Arm;

/**
 * Both arms over one closed block, all symbols together, for the safety of a trial; its public
 * fields are the state. A block that began before the stage did counts from there.
 */
public final class SafetyBlock {
  public long startUs;
  public long endUs;

  /** Of all symbols, without markouts; slot and symbol say nothing. */
  public SlotSums a = new SlotSums();

  public SlotSums b = new SlotSums();

  public SafetyBlock() {}

  SlotSums of(Arm arm) {
    return arm == Arm.A ? a : b;
  }
}
