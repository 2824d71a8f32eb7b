// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

/**
 * A configuration that cannot be used; the message names the key, where it was set, and the way
 * out.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
