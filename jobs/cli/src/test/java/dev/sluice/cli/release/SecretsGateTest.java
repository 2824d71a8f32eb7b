// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.dataset.Parquet;
import dev.sluice.rules.release.GateOutcome;
import dev.sluice.rules.release.GateResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gates that look for secrets; the names of kinds are told, the secrets never. */
class SecretsGateTest {
  private static final String KEY = "AKIA" + "ABCDEFGHIJKLMNOP";

  @TempDir Path root;
  private GateWorld world;

  @BeforeEach
  void small() throws IOException {
    world = new GateWorld(root);
    Files.createDirectories(world.configuration());
    Files.createDirectories(world.logs());
    heartbeat("b1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: hunter2hunter2",
        "sasl.jaas.config=org.apache.Module required username=\"a\" password=\"b\";",
        "\"api_key\": \"0123456789abcdef\"",
        "-----BEGIN RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----",
        "url: https://ada:lovelace@example.org/",
        "s3.secret-key: wJalrXUtnFEMI",
        "# password: hunter2hunter2",
        "INFO logged in, token: a1b2c3d4e5",
        "token: /9j4AAQSkZJRgABAQEASABIAAD",
        "token: /9j4AAQ/SkZJRgAB+QEASABI==",
        "password: \"#hunter2\"",
        "password: '#hunter2'",
      })
  void whatLooksLikeASecretIsFound(String line) {
    assertThat(SecretScan.kind(line)).as(line).isNotNull();
  }

  @Test
  void tokensOfKnownIssuersAreFound() {
    assertThat(SecretScan.kind("key " + KEY)).isEqualTo("an AWS access key");
    assertThat(SecretScan.kind("ghp" + "_" + "a1".repeat(18))).isEqualTo("a GitHub token");
    assertThat(SecretScan.kind("xoxb" + "-1234567890-abcdef")).isEqualTo("a Slack token");
    assertThat(SecretScan.kind("https://hooks.slack.com/services/" + "T0000/B0000/abcdefghijkl"))
        .isEqualTo("a Slack webhook");
    assertThat(SecretScan.kind("AIza" + "a".repeat(35))).isEqualTo("a Google API key");
    assertThat(SecretScan.kind("eyJ" + "hbGciOiJIUzI1.eyJ" + "zdWIiOiIxMjM0.abcdefghij_k"))
        .isEqualTo("a JSON web token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "signing_key_file: \"\"",
        "signing_key_file: /run/secrets/key",
        "password: ${env:KAFKA_PASSWORD}",
        "# Keep secrets out of this file",
        "secretName: sluice-keys",
        "password_file: /run/secrets/password",
        "password: /key.pem",
        "password: # it is in the environment",
        "token:",
        "# Its address holds a secret: let a local relay know it",
        "url: https://example.org/",
      })
  void whatOnlyPointsAtASecretIsNone(String line) {
    assertThat(SecretScan.kind(line)).as(line).isNull();
  }

  @Test
  void aLongLineIsReadToItsEnd() {
    for (int before : new int[] {17_990, 19_985, 19_999, 20_000, 36_000, 50_000}) {
      String words = "x ".repeat(before / 2) + " ".repeat(before % 2);
      assertThat(SecretScan.kind(words + "password=hunter2hunter2" + " y".repeat(20_000)))
          .as("after " + before)
          .isNotNull();
      assertThat(SecretScan.kind(words + "password=${env:KEY}" + " y".repeat(20_000)))
          .as("after " + before)
          .isNull();
    }
  }

  @Test
  void whatIsPackedIsReadAndWhatIsNoTextIsCounted() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(world.logs().resolve("old.log.gz")))) {
      out.write("password=hunter2hunter2\n".getBytes(StandardCharsets.UTF_8));
    }
    Files.write(world.logs().resolve("core"), new byte[] {1, 0, 2});
    Files.writeString(world.logs().resolve("torn.gz"), "no gzip");
    SecretScan scan = new SecretScan();

    scan.directory(world.logs());

    assertThat(scan.texts()).isEqualTo(1);
    assertThat(scan.found()).isEqualTo(1);
    assertThat(scan.note())
        .contains("old.log.gz:1")
        .endsWith("; 2 files are no text and were not read");
  }

  @Test
  void theShippedConfigurationGivesNothingAway() {
    SecretScan scan = new SecretScan();

    scan.directory(Shipped.root().resolve("config"));

    assertThat(scan.texts()).isGreaterThan(80);
    assertThat(scan.named()).isEmpty();
  }

  @Test
  void theConfigurationIsLookedThrough() throws IOException {
    assertThat(judged("no-secrets-in-configuration").outcome())
        .as("an empty directory proves nothing")
        .isEqualTo(GateOutcome.NO_DATA);

    Files.writeString(world.configuration().resolve("a.yaml"), "port: 1\n");
    assertThat(judged("no-secrets-in-configuration").outcome()).isEqualTo(GateOutcome.PASS);

    Files.writeString(world.configuration().resolve("a.yaml"), "port: 1\naws: " + KEY + "\n");
    GateResult found = judged("no-secrets-in-configuration");
    assertThat(found.outcome()).isEqualTo(GateOutcome.FAIL);
    assertThat(found.reason()).contains("a.yaml:2 (an AWS access key)").doesNotContain(KEY);
  }

  @Test
  void theLogsAreLookedThrough() throws IOException {
    assertThat(judged("no-secrets-in-logs").outcome()).isEqualTo(GateOutcome.NO_DATA);

    Files.writeString(world.logs().resolve("engine.log"), "started\n");
    assertThat(judged("no-secrets-in-logs").outcome()).isEqualTo(GateOutcome.PASS);

    Files.writeString(world.logs().resolve("engine.log"), "using password=hunter2hunter2\n");
    GateResult found = judged("no-secrets-in-logs");
    assertThat(found.outcome()).isEqualTo(GateOutcome.FAIL);
    assertThat(found.reason()).contains("engine.log:1").doesNotContain("hunter2");
  }

  @Test
  void theEvidenceIsLookedThrough() {
    assertThat(judged("no-secrets-in-evidence").outcome())
        .as("evidence of no gate proves nothing")
        .isEqualTo(GateOutcome.NO_DATA);
    assertThat(judged("one-build", "no-secrets-in-evidence").outcome()).isEqualTo(GateOutcome.PASS);

    heartbeat(KEY);
    GateResult found = judged("one-build", "no-secrets-in-evidence");
    assertThat(found.outcome()).isEqualTo(GateOutcome.FAIL);
    assertThat(found.reason()).contains("one-build:").doesNotContain(KEY);
  }

  private void heartbeat(String build) {
    Parquet.write(
        world.datasets(),
        "health",
        "SELECT 'mm-1' AS engine_id, 'LIVE' AS source, '"
            + build
            + "' AS build_id, 'c' AS config_hash, to_timestamp("
            + (GateWorld.END_S - 60)
            + " - seq) AS event_time_us FROM range(10) t(seq)");
  }

  /** The last of these gates. */
  private GateResult judged(String... gates) {
    Stage preflight = new StageYaml(ShippedGatesTest.GATES).read("preflight");
    List<Stage.Entry> entries =
        preflight.entries().stream()
            .filter(entry -> List.of(gates).contains(entry.gate().id()))
            .toList();
    Stage stage = new Stage("preflight", "", preflight.provenance(), preflight.files(), entries);
    GateSettings settings = Shipped.settings(world, List.of(), GateWorld.NEWEST_US);
    try (Datasets datasets = new Datasets(world.datasets())) {
      List<GateResult> results =
          GateRun.run(stage, new StageYaml(ShippedGatesTest.GATES), settings, datasets, l -> {})
              .results();
      return results.get(results.size() - 1);
    }
  }
}
