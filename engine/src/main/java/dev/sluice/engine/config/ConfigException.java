// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.config;

/** Bad configuration; the message names the file, the key and, where one is near, a suggestion. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
