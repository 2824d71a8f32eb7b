// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The value of a partition as part of a directory's name, as Hive has it: percent-encoded UTF-8
 * where it is not {@code [A-Za-z0-9._-]}, so that no value leaves its directory.
 */
final class PartitionValue {
  /** Hive's word for null. */
  static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  /** Longer names are cut: file systems take 255 bytes, with {@code engine=} in front. */
  private static final int MAX_LENGTH = 200;

  private static final int KEPT_LENGTH = 160;
  private static final int DIGEST_BYTES = 16;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PartitionValue() {}

  /**
   * The name of a value. Null and the empty text are {@link #NULL}; what would be longer than 200
   * characters is cut and told apart by the first 16 bytes of its SHA-256.
   */
  static String of(String value) {
    if (value == null || value.isEmpty()) {
      return NULL;
    }
    byte[] bytes = value.getBytes(UTF_8);
    StringBuilder name = new StringBuilder(bytes.length);
    for (int i = 0; i < bytes.length && name.length() <= MAX_LENGTH; i++) {
      if (plain(bytes[i]) && !(i == 0 && value.equals(NULL))) {
        name.append((char) bytes[i]);
      } else {
        name.append('%').append(HEX.toHexDigits(bytes[i]));
      }
    }
    return name.length() <= MAX_LENGTH ? name.toString() : cut(name, bytes);
  }

  private static boolean plain(byte character) {
    return (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z')
        || (character >= '0' && character <= '9')
        || character == '.'
        || character == '_'
        || character == '-';
  }

  private static String cut(StringBuilder name, byte[] bytes) {
    int end = KEPT_LENGTH;
    int escape = name.lastIndexOf("%", end);
    if (escape > end - 3) {
      end = escape;
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return name.substring(0, end) + '-' + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
