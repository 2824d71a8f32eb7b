// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.sequence;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.codec.Json;
import java.util.Arrays;

/** Dead letters of messages that were refused after they had been read: written anew. */
final class Refused {
  private Refused() {}

  static DeadLetter letter(EngineEvent message, String reason) {
    byte[] value = Json.write(content(message));
    byte[] kept =
        value.length <= DeadLetter.MAX_BYTES ? value : Arrays.copyOf(value, DeadLetter.MAX_BYTES);
    InputRange at = message.at() == null ? new InputRange("", 0, 0, 0) : message.at();
    return new DeadLetter(
        DeadLetter.SCHEMA,
        at.topic(),
        at.partition(),
        at.lastOffset(),
        message.engineId(),
        DeadLetter.QUARANTINED,
        reason,
        message.ingestUs(),
        value.length,
        kept);
  }

  private static Object content(EngineEvent message) {
    if (message.order() != null) {
      return message.order();
    } else if (message.fill() != null) {
      return message.fill();
    } else if (message.health() != null) {
      return message.health();
    } else if (message.dropCopy() != null) {
      return message.dropCopy();
    }
    return message.ledger();
  }
}
