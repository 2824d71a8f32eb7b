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
    return of(raw, DeadLetter.MALFORMED, reason.getMessage());
  }

  /** The dead letter of a record that is too large to be read. */
  public static DeadLetter oversized(RawRecord raw, int maxBytes) {
    String reason = raw.value().length + " bytes, at most " + maxBytes + " are read";
    return of(raw, DeadLetter.OVERSIZED, reason);
  }

  /** The dead letter of a record that can be read and must not be acted on. */
  public static DeadLetter refused(RawRecord raw, String reason) {
    return of(raw, DeadLetter.QUARANTINED, reason);
  }

  private static DeadLetter of(RawRecord raw, String kind, String reason) {
    byte[] value = raw.value();
    return new DeadLetter(
        DeadLetter.SCHEMA,
        raw.topic(),
        raw.partition(),
        raw.offset(),
        null,
        kind,
        reason,
        raw.ingestTimeUs(),
        value.length,
        Arrays.copyOf(value, Math.min(value.length, DeadLetter.MAX_BYTES)));
  }
}
