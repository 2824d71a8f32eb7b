// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.kafka;

import dev.sluice.engine.config.ConfigException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A file of client properties, as Kafka's own tools take with {@code --command-config}.
 *
 * @param warning what a person should be told of the file, null for nothing
 */
public record KafkaPropertiesFile(Map<String, String> properties, String warning) {
  /**
   * Reads a file.
   *
   * @throws ConfigException when it cannot be read; the message holds no value of it
   */
  public static KafkaPropertiesFile read(Path file) {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      read.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(
          "--kafka-properties " + file + ": cannot be read as Java properties (" + e + ")", e);
    }
    Map<String, String> properties = new TreeMap<>();
    read.forEach((key, value) -> properties.put(key.toString(), value.toString()));
    if (properties.containsKey(KafkaAccess.BOOTSTRAP_KEY)) {
      throw new ConfigException(
          "--kafka-properties "
              + file
              + ": holds bootstrap.servers; take it out and give the brokers by --bootstrap");
    }
    return new KafkaPropertiesFile(Map.copyOf(properties), warning(file, properties));
  }

  private static String warning(Path file, Map<String, String> properties) {
    boolean secret = properties.entrySet().stream().anyMatch(KafkaPropertiesFile::secret);
    return secret && readableByOthers(file)
        ? file + " holds a password and everybody may read it; mend it with: chmod 600 " + file
        : null;
  }

  /** A value that only points to where the secret is gives nothing away. */
  private static boolean secret(Map.Entry<String, String> property) {
    String key = property.getKey().toLowerCase(Locale.ROOT);
    boolean named =
        key.contains("password")
            || key.contains("secret")
            || key.endsWith("jaas.config")
            || key.endsWith("keystore.key");
    return named && !property.getValue().isBlank() && !property.getValue().contains("${");
  }

  private static boolean readableByOthers(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // a file system without such permissions has others
    }
  }

  @Override
  public String toString() {
    return "KafkaPropertiesFile" + properties.keySet();
  }
}
