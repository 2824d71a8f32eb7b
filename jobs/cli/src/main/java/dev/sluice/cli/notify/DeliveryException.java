// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

/** A message that a channel did not take; the text holds no secret. */
final class DeliveryException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean hopeless;

  private DeliveryException(String message, boolean hopeless) {
    super(message);
    this.hopeless = hopeless;
  }

  /** It may go through later. */
  static DeliveryException retry(String message) {
    return new DeliveryException(message, false);
  }

  /** The channel works and refuses this very message. */
  static DeliveryException refused(String message) {
    return new DeliveryException(message, true);
  }

  /** Whether this message will never go through. */
  boolean hopeless() {
    return hopeless;
  }
}
