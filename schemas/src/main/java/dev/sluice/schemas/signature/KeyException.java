// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.signature;

/** A key that cannot be read or used; the message names the file and never the key. */
public final class KeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
