// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.engine.app.KafkaOptions;
import org.apache.kafka.common.KafkaException;

/** The Kafka to talk to, with the error for one that does not answer. */
final class BootstrapOption extends KafkaOptions {
  /** The one-line error for a broker that does not answer, or refuses. */
  CliException unreachable(Exception cause) {
    return CliException.environment(
        cause instanceof KafkaException && cause.getCause() != null
            ? cause.getMessage() + ": " + cause.getCause().getMessage()
            : cause.getMessage(),
        servers(),
        access().properties().isEmpty()
            ? "is Kafka running there? start one with 'sluice broker'; if it asks for TLS:"
                + " --kafka-properties FILE"
            : "is Kafka running there, and may this user do that? see 'sluice topics acls'",
        cause);
  }
}
