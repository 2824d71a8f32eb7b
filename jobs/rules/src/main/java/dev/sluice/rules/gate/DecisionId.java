// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Deterministic names: the first 16 hex digits of SHA-256 over the parts, one per line. The same
 * input in a replay gets the same name.
 */
public final class DecisionId {
  private static final int BYTES = 8;

  private DecisionId() {}

  /** The name of these parts, in this order. */
  public static String of(Object... parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(part).append('\n');
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
