// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureTest {
  /** RFC 8032, test 1: key pair and signature of the empty message. */
  private static final String RFC_KEY =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
      -----END PRIVATE KEY-----
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
      -----END PUBLIC KEY-----
      """;

  private static final String RFC_SIGNATURE =
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
          + "46bd25bf5f0595bbe24655141438e7a100b";

  private static final byte[] RECORD =
      SignedBytes.of("sluice.control.v1", "mm-1".getBytes(UTF_8), "{\"epoch\":7}".getBytes(UTF_8));

  @TempDir private Path directory;

  @Test
  void bothAlgorithmsAcceptTheirOwnAndNoTamperedByte() throws IOException {
    for (String text : List.of(KeyFile.newEd25519(), KeyFile.newHmacSha256())) {
      SigningKey signing = KeyFile.signing(file(text));
      VerifyKey verify = KeyFile.verifying(file(KeyFile.publicPart(text)));
      assertThat(verify.id()).isEqualTo(signing.verifyKey().id()).matches("[0-9a-f]{16}");
      byte[] signature = signing.sign(RECORD);
      assertThat(verify.verifies(RECORD, signature)).isTrue();
      for (int i = 0; i < RECORD.length; i++) {
        byte[] tampered = RECORD.clone();
        tampered[i] ^= 1;
        assertThat(verify.verifies(tampered, signature)).as("byte %s", i).isFalse();
      }
      signature[3] ^= 1;
      assertThat(verify.verifies(RECORD, signature)).isFalse();
      assertThat(verify.verifies(RECORD, new byte[0])).isFalse();
      assertThat(verify.verifies(RECORD, new byte[64])).isFalse();
    }
  }

  @Test
  void theKeyThatChecksEd25519DoesNotSign() throws IOException {
    String text = KeyFile.newEd25519();
    String shared = KeyFile.publicPart(text);
    assertThat(text).contains("PRIVATE");
    assertThat(shared).doesNotContain("PRIVATE");
    Path file = file(shared);
    assertThatThrownBy(() -> KeyFile.signing(file))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("no PRIVATE KEY");
  }

  @Test
  void signsAsTheStandardSaysWithAKeyInOpenSslsForm() throws IOException {
    SigningKey key = KeyFile.signing(file(RFC_KEY));
    assertThat(key.sign(new byte[0])).asHexString().isEqualToIgnoringCase(RFC_SIGNATURE);
  }

  @Test
  void anotherKeyIsAnotherKey() throws IOException {
    SigningKey one = KeyFile.signing(file(KeyFile.newHmacSha256()));
    SigningKey other = KeyFile.signing(file(KeyFile.newHmacSha256()));
    assertThat(one.verifyKey().id()).isNotEqualTo(other.verifyKey().id());
    assertThat(other.verifyKey().verifies(RECORD, one.sign(RECORD))).isFalse();
  }

  @Test
  void theBorderBetweenKeyAndValueIsCoveredToo() {
    assertThat(SignedBytes.of("t", new byte[] {1}, new byte[] {2, 3}))
        .isNotEqualTo(SignedBytes.of("t", new byte[] {1, 2}, new byte[] {3}));
  }

  @Test
  void badFilesAreNamedAndTheirContentIsNot() throws IOException {
    String secret = KeyFile.newHmacSha256();
    String content = secret.lines().skip(1).findFirst().orElseThrow();
    refused(secret.replace(content, content.substring(0, 20)), content, "shorter than 32");
    refused(secret.replace("SLUICE", "OTHER"), content, "neither PUBLIC KEY");
    refused(RFC_KEY.replace("MCow", "MCox"), "MC4C", "cannot be used");
    String own = KeyFile.newEd25519();
    refused(own.substring(0, own.indexOf("-----BEGIN PUB")), "MC4C", "neither PUBLIC KEY");
    String mixed = own.substring(0, own.indexOf("-----BEGIN PUB")) + KeyFile.publicPart(RFC_KEY);
    refused(mixed, "MC4C", "no pair");
    assertThatThrownBy(() -> KeyFile.verifying(directory.resolve("none")))
        .hasMessageContaining("NoSuchFile");
    assertThat(KeyFile.signing(file(own)).toString()).matches("Ed25519\\[[0-9a-f]{16}]");
    assertThat(KeyFile.verifying(file(secret)).toString()).matches("HmacSha256\\[[0-9a-f]{16}]");
  }

  private void refused(String text, String hidden, String why) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> KeyFile.signing(file))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why)
        .hasMessageNotContaining(hidden);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "key", ".pem"), text);
  }
}
