// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Source;

/**
 * An engine's answer about a decision that this gate does not know, and may be about to make again:
 * after a restart answers are read before the evidence they rest on has been judged anew.
 *
 * @param eventTimeUs the engine's event time when it answered; what led to the decision is not later
 * @param receivedAtUs wall clock of the engine when the decision reached it
 * @param heardWallUs wall clock of the gate when it heard of it
 */
public record UnknownAnswer(
    String decisionId,
    long epoch,
    Mode mode,
    Source source,
    long eventTimeUs,
    long receivedAtUs,
    long heardWallUs) {

  static UnknownAnswer of(Ack ack, long wallUs) {
    return new UnknownAnswer(
        ack.decisionId(),
        ack.epoch(),
        ack.mode(),
        ack.source(),
        ack.eventTimeUs(),
        ack.receivedAtUs(),
        wallUs);
  }
}
