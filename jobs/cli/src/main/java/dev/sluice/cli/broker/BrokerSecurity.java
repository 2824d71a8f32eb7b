// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.broker;

import dev.sluice.cli.PrivateFiles;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.engine.kafka.KafkaPropertiesFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Throw-away keys and users for an {@link EmbeddedBroker} that asks who is there: TLS with a
 * certificate of its own, SASL/SCRAM-SHA-512, and Kafka's own authorizer. For trying out and for
 * tests: the key is self-signed, valid for thirty days, and lies beside the passwords in one
 * directory that only its owner reads.
 */
public final class BrokerSecurity {
  /** May do everything; makes topics and rights. */
  public static final String ADMIN = "admin";

  /** Users there are: the administrator and one for each role of {@link AclRecipe}. */
  public static final List<String> USERS =
      List.of(ADMIN, "gate", "operator", "engine", "venue", "reader");

  private static final String CERTIFICATE = "ca.pem";
  private static final String KEYSTORE = "broker.p12";
  private static final String KEYSTORE_PASSWORD = "keystore.password";
  private static final String BROKER_NAME = "CN=sluice-broker";
  private static final String MECHANISM = "SCRAM-SHA-512";
  private static final String VALID_DAYS = "30";
  private static final int PASSWORD_BYTES = 24;
  private static final long KEYTOOL_S = 60;

  private final Path directory;

  private BrokerSecurity(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /**
   * Makes keys, users and their {@code <user>.properties}, mode 600; a directory that has them
   * already is used as it is.
   *
   * @throws IllegalStateException when the JDK's keytool fails
   */
  public static BrokerSecurity in(Path directory) {
    BrokerSecurity security = new BrokerSecurity(directory);
    try {
      if (Files.notExists(security.certificate())) {
        Files.createDirectories(security.directory);
        security.make();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write keys and users to " + directory, e);
    }
    return security;
  }

  /** Properties of a user's client, for {@code --kafka-properties}. */
  public Path clientFile(String user) {
    return directory.resolve(user + ".properties");
  }

  /** How that user gets in. */
  public KafkaAccess access(String bootstrap, String user) {
    return new KafkaAccess(bootstrap, KafkaPropertiesFile.read(clientFile(user)).properties());
  }

  /** The certificate that clients must trust, PEM. */
  public Path certificate() {
    return directory.resolve(CERTIFICATE);
  }

  /** Credentials as {@code kafka-storage format --add-scram} takes them. */
  List<String> scramArguments() {
    List<String> arguments = new ArrayList<>();
    for (String user : USERS) {
      arguments.add("--add-scram");
      arguments.add(MECHANISM + "=[name=" + user + ",password=" + password(user) + "]");
    }
    return arguments;
  }

  /**
   * Settings of the broker, over those it has anyway. Clients come by SASL_SSL; the broker speaks
   * with its own controller by TLS with its certificate on both sides.
   */
  Map<String, String> settings(int port, int controllerPort) {
    Map<String, String> s = new LinkedHashMap<>();
    s.put("listeners", "CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    s.put("advertised.listeners", "CLIENT://127.0.0.1:" + port);
    s.put("listener.security.protocol.map", "CLIENT:SASL_SSL,CONTROLLER:SSL");
    s.put("inter.broker.listener.name", "CLIENT");
    s.put("sasl.enabled.mechanisms", MECHANISM);
    s.put("sasl.mechanism.inter.broker.protocol", MECHANISM);
    s.put("listener.name.client.scram-sha-512.sasl.jaas.config", jaas(ADMIN, password(ADMIN)));
    s.put("ssl.keystore.type", "PKCS12");
    s.put("ssl.keystore.location", directory.resolve(KEYSTORE).toString());
    s.put("ssl.keystore.password", read(directory.resolve(KEYSTORE_PASSWORD)));
    s.put("ssl.truststore.type", "PEM");
    s.put("ssl.truststore.location", certificate().toString());
    s.put("listener.name.controller.ssl.client.auth", "required");
    s.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    s.put("super.users", "User:" + ADMIN + ";User:" + BROKER_NAME);
    s.put("allow.everyone.if.no.acl.found", "false");
    return s;
  }

  private void make() throws IOException {
    for (String user : USERS) {
      PrivateFiles.create(directory.resolve(user + ".password"), newPassword());
      PrivateFiles.create(clientFile(user), clientProperties(user));
    }
    Path keystorePassword = directory.resolve(KEYSTORE_PASSWORD);
    PrivateFiles.create(keystorePassword, newPassword());
    String store = directory.resolve(KEYSTORE).toString();
    keytool(
        "-genkeypair",
        "-keystore",
        store,
        "-storetype",
        "PKCS12",
        "-alias",
        "broker",
        "-storepass:file",
        keystorePassword.toString(),
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        BROKER_NAME,
        "-ext",
        "san=ip:127.0.0.1,dns:localhost",
        "-validity",
        VALID_DAYS);
    PrivateFiles.close(directory.resolve(KEYSTORE));
    keytool(
        "-exportcert",
        "-rfc",
        "-keystore",
        store,
        "-alias",
        "broker",
        "-storepass:file",
        keystorePassword.toString(),
        "-file",
        certificate().toString());
  }

  private String clientProperties(String user) {
    return String.join(
        "\n",
        "# " + user + ": throw-away user of 'sluice broker --secure'",
        "security.protocol=SASL_SSL",
        "sasl.mechanism=" + MECHANISM,
        "sasl.jaas.config=" + jaas(user, password(user)),
        "ssl.truststore.type=PEM",
        "ssl.truststore.location=" + certificate(),
        "");
  }

  private static String jaas(String user, String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
        + user
        + "\" password=\""
        + password
        + "\";";
  }

  private String password(String user) {
    return read(directory.resolve(user + ".password"));
  }

  private static String newPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The JDK's own; what it says is told when it fails, and holds no password. */
  private static void keytool(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile("keytool", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(KEYTOOL_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("keytool did not end within " + KEYTOOL_S + " s");
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException("keytool failed: " + read(said));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while keytool ran", e);
    } finally {
      Files.deleteIfExists(said);
    }
  }
}
