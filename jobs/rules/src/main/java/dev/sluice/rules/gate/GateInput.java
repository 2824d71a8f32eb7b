// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Verdict;

/** What the gate can be told about one engine. */
public sealed interface GateInput {
  /** A criterion's word, or the judge's progress marker. */
  record Judged(Verdict verdict) implements GateInput {}

  /** The engine's answer. */
  record Answered(Ack ack) implements GateInput {}

  /** A person's wish. */
  record Asked(Command command) implements GateInput {}

  /** Wall-clock time has passed; sent once per lease period. */
  record Elapsed() implements GateInput {}
}
