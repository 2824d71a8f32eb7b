// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.signature.KeyFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, rights and secured brokers, as the command line makes them. */
class SecurityCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path directory;

  @Test
  void bothAlgorithmsGiveAPairOfFilesForTheirOwnerAlone() throws Exception {
    for (String algorithm : List.of("ed25519", "hmac-sha256")) {
      out.getBuffer().setLength(0);
      assertThat(keygen("--name", algorithm, "--algorithm", algorithm, "--output", "json"))
          .as(err.toString())
          .isZero();
      JsonNode said = Json.mapper().readTree(out.toString());
      Path signing = Path.of(said.path("signing").asText());
      Path verify = Path.of(said.path("verify").asText());
      assertThat(KeyFile.signing(signing).verifyKey().id()).isEqualTo(said.path("key_id").asText());
      byte[] bytes = {1, 2, 3};
      assertThat(KeyFile.verifying(verify).verifies(bytes, KeyFile.signing(signing).sign(bytes)))
          .isTrue();
      for (Path file : List.of(signing, verify)) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
        assertThat(out.toString()).doesNotContain(Files.readAllLines(file).get(1));
      }
      assertThat(said.path("algorithm").asText()).isEqualTo(algorithm);
    }
  }

  @Test
  void nothingIsOverwritten() throws Exception {
    assertThat(keygen()).isZero();
    String before = Files.readString(directory.resolve("keys").resolve("gate.signing.pem"));
    assertThat(keygen()).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("there is a key of that name already");
    assertThat(Files.readString(directory.resolve("keys").resolve("gate.signing.pem")))
        .isEqualTo(before);
  }

  @Test
  void theRecipeIsPrintedForPeopleAndForKafkasOwnTool() throws Exception {
    assertThat(
            run("topics", "acls", "--gate", "User:g", "--engine", "User:e", "--operator", "User:o"))
        .isZero();
    assertThat(out.toString())
        .contains("--allow-principal 'User:g' --operation WRITE --topic sluice.control.v1")
        .contains("--allow-principal 'User:o' --operation WRITE --topic sluice.commands.v1")
        .contains("--operation READ --group sluice- --resource-pattern-type prefixed")
        .doesNotContain("'User:e' --operation WRITE --topic sluice.control.v1")
        .doesNotContain("'User:e' --operation WRITE --topic sluice.dropcopy.v1");
    assertThat(run("topics", "acls", "--gate", "gate")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("User:gate");
  }

  @Test
  void aBrokerThatWasMadeWithoutKeysIsNotSecuredAfterwards() throws Exception {
    Files.createFile(directory.resolve("server.properties"));
    String keys = directory.resolve("keys").toString();
    assertThat(run("broker", "--dir", directory.toString(), "--secure", keys))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("older than the keys").contains("take a new --dir");
    assertThat(directory.resolve("keys")).doesNotExist();
  }

  private int keygen(String... more) {
    List<String> line =
        new java.util.ArrayList<>(
            List.of("control", "keygen", "--out", directory.resolve("keys").toString()));
    line.addAll(List.of(more));
    return run(line.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
