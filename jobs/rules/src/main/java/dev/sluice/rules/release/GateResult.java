// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.release;

import dev.sluice.schemas.Nullable;

/**
 * One gate, judged.
 *
 * @param ageMs how old the newest evidence was; null where there is none
 * @param reason one sentence
 * @param waiver who takes responsibility although it does not pass; null where nobody does
 */
public record GateResult(
    ReleaseGate gate,
    GateOutcome outcome,
    Reading reading,
    @Nullable Long ageMs,
    String reason,
    @Nullable Waiver waiver) {
  /** True when it holds nobody up. */
  public boolean open() {
    return outcome == GateOutcome.PASS || waiver != null;
  }
}
