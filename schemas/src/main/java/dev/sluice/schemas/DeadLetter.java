// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Rejected input; nothing is lost. JSON carries {@code bytes} as base64, cut at {@link #MAX_BYTES}.
 *
 * @param kind MALFORMED (cannot be read), QUARANTINED (readable but impossible), UNKNOWN_ENGINE,
 *     OVERSIZED
 * @param ingestTimeUs Kafka append time of the record
 * @param sizeBytes full size of the original
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetter(
    String schema,
    String topic,
    int partition,
    long offset,
    @Nullable String engineId,
    String kind,
    String reason,
    long ingestTimeUs,
    long sizeBytes,
    byte[] bytes) {
  public static final String SCHEMA = "deadletter.v1";

  /** Bytes of the original that are kept. */
  public static final int MAX_BYTES = 64 * 1024;

  /** Closed list of kinds. */
  public static final String MALFORMED = "MALFORMED";

  public static final String QUARANTINED = "QUARANTINED";
  public static final String UNKNOWN_ENGINE = "UNKNOWN_ENGINE";
  public static final String OVERSIZED = "OVERSIZED";
}
