// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

import dev.sluice.schemas.Ack;

/** Where acknowledgements go. Called from the engine's thread; must not block for long. */
@FunctionalInterface
public interface AckSink {
  /** Sends, or queues to send; never throws for a network's sake. */
  void send(Ack ack);
}
