// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

/** One who listens to the stream, as the venue's thread sees it. Thread-safe. */
interface StreamClient {
  /** Whether it can take another message now. Never blocks. */
  boolean ready();

  /** Sends one message. Never blocks. */
  void send(String text);

  /** Ends the stream; the client may come back. */
  void end(String reason);
}
