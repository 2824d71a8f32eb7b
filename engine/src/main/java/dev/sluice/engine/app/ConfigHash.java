// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.schemas.codec.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** First 12 hex digits of the SHA-256 of the configuration in force. */
final class ConfigHash {
  private static final int BYTES = 6;

  private ConfigHash() {}

  static String of(EngineConfig config) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Json.write(config));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
