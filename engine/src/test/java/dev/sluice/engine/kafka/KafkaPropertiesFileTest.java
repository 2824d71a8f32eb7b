// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaPropertiesFileTest {
  private static final String PASSWORD = "hunter2";

  @TempDir private Path directory;

  @Test
  void aPersonsPropertiesReachTheClientAndAreStronger() throws IOException {
    Path file = file("security.protocol=SASL_SSL\nlinger.ms=7\n", "rw-r--r--");
    KafkaPropertiesFile read = KafkaPropertiesFile.read(file);
    assertThat(read.warning()).isNull();
    assertThat(new KafkaAccess("k:1", read.properties()).client(Map.of("linger.ms", 0, "a", "b")))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("linger.ms", "7")
        .containsEntry("a", "b")
        .containsEntry("bootstrap.servers", "k:1");
  }

  @Test
  void aPasswordThatEverybodyMayReadIsToldWithoutTheValue() throws IOException {
    String text = "ssl.truststore.password=" + PASSWORD;
    assertThat(KafkaPropertiesFile.read(file(text, "rw-r--r--")).warning())
        .contains("chmod 600")
        .doesNotContain(PASSWORD);
    assertThat(KafkaPropertiesFile.read(file(text, "rw-r-----")).warning()).isNull();
    String elsewhere = "sasl.jaas.config=${file:/run/secrets/kafka:jaas}";
    assertThat(KafkaPropertiesFile.read(file(elsewhere, "rw-r--r--")).warning()).isNull();
  }

  @Test
  void noValueIsEverPrinted() throws IOException {
    KafkaPropertiesFile read =
        KafkaPropertiesFile.read(file("sasl.jaas.config=" + PASSWORD, "rw-------"));
    assertThat(read.toString()).contains("sasl.jaas.config").doesNotContain(PASSWORD);
    assertThat(new KafkaAccess("k:1", read.properties()).toString())
        .contains("sasl.jaas.config")
        .doesNotContain(PASSWORD);
  }

  @Test
  void whatCannotBeReadIsRefusedByNameOnly() throws IOException {
    Path broken = file("sasl.jaas.config=" + PASSWORD + "\\uzzzz", "rw-------");
    assertThatThrownBy(() -> KafkaPropertiesFile.read(broken))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(broken.toString())
        .hasMessageNotContaining(PASSWORD);
    assertThatThrownBy(() -> KafkaPropertiesFile.read(directory.resolve("none")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("NoSuchFile");
  }

  @Test
  void brokersAreGivenInOnePlaceOnly() throws IOException {
    Path file = file("bootstrap.servers=elsewhere:9093", "rw-r--r--");
    assertThatThrownBy(() -> KafkaPropertiesFile.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--bootstrap");
  }

  private Path file(String text, String permissions) throws IOException {
    Path file = Files.createTempFile(directory, "client", ".properties");
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
