// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

/** The epoch could not be read or made durable. */
public final class EpochStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EpochStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
