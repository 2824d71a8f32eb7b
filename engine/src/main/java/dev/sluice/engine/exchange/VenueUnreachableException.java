// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

/** A venue does not answer, or not as a venue does; the message says where and what. */
public final class VenueUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VenueUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
