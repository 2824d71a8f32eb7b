// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

/** The Kafka broker of a run: a process that can die and come back. One thread. */
public interface Broker extends AutoCloseable {
  /** What clients connect to, {@code host:port}; the same in every life. */
  String bootstrap();

  /** Ends it at once, as a crash would. */
  void kill();

  /** Starts it again on the same data and port; returns once it serves. */
  void start();

  /** Whether its process runs. */
  boolean running();

  @Override
  void close();
}
