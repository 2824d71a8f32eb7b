// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Nullable;

/**
 * The slot in which an intent was decided; its orders and fills belong to it for good.
 *
 * @param arm null outside a trial
 * @param slot null outside a trial
 */
record SlotMark(@Nullable Arm arm, @Nullable Long slot) {
  /** Decided outside a trial. */
  static final SlotMark NONE = new SlotMark(null, null);

  static SlotMark of(Slot slot) {
    return slot == null ? NONE : new SlotMark(slot.arm(), slot.number());
  }

  void hash(StateHash hash) {
    if (arm != null) {
      hash.add(arm.name()).add(slot);
    }
  }
}
