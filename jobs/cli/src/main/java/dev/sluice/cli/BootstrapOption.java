// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import picocli.CommandLine.Option;

/** {@code --bootstrap HOST:PORT}: the Kafka to talk to. */
final class BootstrapOption {
  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT[,…]",
      defaultValue = "${env:SLUICE_BOOTSTRAP:-127.0.0.1:9092}",
      description = "Kafka brokers; also from SLUICE_BOOTSTRAP (default: 127.0.0.1:9092)")
  private String bootstrap;

  String servers() {
    return bootstrap;
  }

  /** The one-line error for a broker that does not answer. */
  CliException unreachable(Exception cause) {
    return CliException.environment(
        cause.getMessage(),
        bootstrap,
        "is Kafka running there? start one with 'sluice broker'",
        cause);
  }
}
