// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.engine.kafka.KafkaPropertiesFile;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --bootstrap} and {@code --kafka-properties}: the Kafka to talk to, and how to get in. */
public class KafkaOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT[,…]",
      defaultValue = "${env:SLUICE_BOOTSTRAP:-127.0.0.1:9092}",
      description = "Kafka brokers; also from SLUICE_BOOTSTRAP (default: 127.0.0.1:9092).")
  private String bootstrap;

  @Option(
      names = "--kafka-properties",
      paramLabel = "FILE",
      defaultValue = "${env:SLUICE_KAFKA_PROPERTIES}",
      description =
          "Client properties for TLS and SASL, as Kafka's own tools take with --command-config;"
              + " also from SLUICE_KAFKA_PROPERTIES.")
  private Path properties;

  private KafkaAccess read;

  /** The brokers, {@code host:port[,…]}. */
  public final String servers() {
    return bootstrap;
  }

  /**
   * What was asked for; warns on standard error, once, of a file that everybody may read.
   *
   * @throws dev.sluice.engine.config.ConfigException when the file cannot be read
   */
  public final KafkaAccess access() {
    if (read == null) {
      read = new KafkaAccess(bootstrap, given() ? fromFile() : Map.of());
    }
    return read;
  }

  /** An empty variable of the environment names no file. */
  private boolean given() {
    return properties != null && !properties.toString().isEmpty();
  }

  private Map<String, String> fromFile() {
    KafkaPropertiesFile file = KafkaPropertiesFile.read(properties);
    if (file.warning() != null) {
      command.commandLine().getErr().println("sluice: warning: " + file.warning());
    }
    return file.properties();
  }
}
