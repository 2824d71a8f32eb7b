// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink;

import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.codec.MalformedException;
import java.util.Arrays;

/** Makes dead letters of raw records. */
public final class DeadLetters {
  private DeadLetters() {}

  /** The dead letter of bytes that cannot be read; whose they are is not known then. */
  public static DeadLetter malformed(RawRecord raw, MalformedException reason) {
    return new DeadLetter(
        DeadLetter.SCHEMA,
        raw.topic(),
        raw.partition(),
        raw.offset(),
        null,
        DeadLetter.MALFORMED,
        reason.getMessage(),
        raw.ingestTimeUs(),
        raw.value().length,
        Arrays.copyOf(raw.value(), Math.min(raw.value().length, DeadLetter.MAX_BYTES)));
  }
}
