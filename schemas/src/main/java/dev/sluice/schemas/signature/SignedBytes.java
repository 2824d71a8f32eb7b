// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.signature;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a signature covers: topic, key and value of a record exactly as they travel, so that nobody
 * needs a canonical form of JSON. The signature itself travels in two headers of the record.
 */
public final class SignedBytes {
  /** Header with the id of the key, 16 hexadecimal digits, ASCII. */
  public static final String KEY_ID_HEADER = "sluice-key-id";

  /** Header with the signature, raw bytes: 64 of Ed25519, 32 of HMAC-SHA256. */
  public static final String SIGNATURE_HEADER = "sluice-signature";

  private static final byte[] CONTEXT = "sluice-signature-v1\0".getBytes(StandardCharsets.US_ASCII);

  private SignedBytes() {}

  /**
   * The context {@code sluice-signature-v1} with a zero byte, then topic (UTF-8), key and value,
   * each after its length in bytes (32 bits, big endian).
   */
  public static byte[] of(String topic, byte[] key, byte[] value) {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(
            CONTEXT.length + 3 * Integer.BYTES + name.length + key.length + value.length)
        .put(CONTEXT)
        .putInt(name.length)
        .put(name)
        .putInt(key.length)
        .put(key)
        .putInt(value.length)
        .put(value)
        .array();
  }
}
