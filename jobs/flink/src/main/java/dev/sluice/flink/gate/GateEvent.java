// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.gate;

import dev.sluice.rules.gate.GateInput;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Verdict;

/** One of the three things the gate listens to; exactly one component is set. */
public record GateEvent(
    String engineId, @Nullable Verdict verdict, @Nullable Ack ack, @Nullable Command command) {

  static GateEvent of(Verdict verdict) {
    return new GateEvent(verdict.engineId(), verdict, null, null);
  }

  static GateEvent of(Ack ack) {
    return new GateEvent(ack.engineId(), null, ack, null);
  }

  static GateEvent of(Command command) {
    return new GateEvent(command.engineId(), null, null, command);
  }

  GateInput input() {
    if (verdict != null) {
      return new GateInput.Judged(verdict);
    }
    return ack != null ? new GateInput.Answered(ack) : new GateInput.Asked(command);
  }
}
