// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

/** The journal could not be written or read: without it no order may be sent. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
