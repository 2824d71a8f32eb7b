// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.kafka;

/** Kafka has not taken events for so long that orders and fills would be lost. */
public final class OutboxFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutboxFullException(int size) {
    super("outbox full: " + size + " events wait and Kafka takes none");
  }
}
