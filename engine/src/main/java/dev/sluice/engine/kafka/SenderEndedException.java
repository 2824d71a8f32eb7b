// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.kafka;

/** Nobody sends the events any more: an engine that cannot say what it does must not go on. */
public final class SenderEndedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SenderEndedException(Throwable cause) {
    super("the sender of the outbox has ended: " + cause, cause);
  }
}
