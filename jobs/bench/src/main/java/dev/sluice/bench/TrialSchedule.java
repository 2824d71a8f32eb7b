// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.SlotAssignment;
import java.util.HashMap;
import java.util.Map;

/** The engine's assignment of the slots of one salt, kept so that many trials can share it. */
final class TrialSchedule {
  private final String salt;
  private final Map<Double, Arm[]> armsByShare = new HashMap<>();

  TrialSchedule(String salt) {
    this.salt = salt;
  }

  Arm arm(long firstSlot, int minute, double share) {
    return armsByShare.computeIfAbsent(share, s -> arms(firstSlot, s))[minute];
  }

  private Arm[] arms(long firstSlot, double share) {
    Arm[] arms = new Arm[(int) TrialRun.MINUTES];
    for (int i = 0; i < arms.length; i++) {
      arms[i] = SlotAssignment.arm(salt, TrialWorld.symbol(), firstSlot + i, share);
    }
    return arms;
  }
}
