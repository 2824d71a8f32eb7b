// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts; identities that are the same on every machine and in every replay. */
public final class Sha256 {
  private Sha256() {}

  /** All 64 hexadecimal digits. */
  public static String hex(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The first 16 hexadecimal digits, for ids. */
  public static String id(String text) {
    return hex(text).substring(0, 16);
  }

  /** The first 8 bytes of a hash as one number, for state that is kept a million times; never 0. */
  public static long leading(String hex) {
    long leading = Long.parseUnsignedLong(hex.substring(0, 16), 16);
    return leading == 0 ? 1 : leading;
  }
}
