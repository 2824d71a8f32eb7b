// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

/** Bytes that are no record of the expected type; the message says which field and why. */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedException(String message, Throwable cause) {
    super(message, cause);
  }
}
