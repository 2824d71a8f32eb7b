// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.Main;
import dev.sluice.cli.flags.EngineFlags;
import dev.sluice.cli.flags.FlagsSnapshot;
import dev.sluice.cli.verify.FileHash;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person, or a pipeline, sees of release gates; and bundles that prove themselves. */
class GateCommandTest {
  @TempDir static Path root;
  private static GateWorld world;

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void write() throws IOException {
    world = new GateWorld(root).write();
  }

  @BeforeEach
  void fresh() {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
  }

  @Test
  void whatIsOpenIsGoAndItsBundleProvesItselfAlsoElsewhere() throws IOException {
    Path bundle = directory.resolve("bundle");

    assertThat(gate("run", "--out", bundle.toString())).as(out + "" + err).isZero();
    assertThat(out.toString()).contains("GO: 13 of 13 gates are open.").contains("bundle ");
    assertThat(verify(bundle)).as(out.toString()).isZero();

    Path moved = Files.move(bundle, directory.resolve("moved"));
    assertThat(verify(moved)).isZero();
    String id =
        Json.mapper().readTree(moved.resolve("manifest.json").toFile()).get("bundle_id").asText();
    assertThat(sluice("gate", "verify", moved.toString(), "--id", id)).isZero();
    assertThat(sluice("gate", "verify", moved.toString(), "--id", "another")).isEqualTo(2);
  }

  @Test
  void everyFileOfABundleCounts() throws IOException {
    Path bundle = directory.resolve("bundle");
    gate("run", "--out", bundle.toString());
    List<Path> files;
    try (Stream<Path> all = Files.walk(bundle)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSizeGreaterThan(16);

    for (Path file : files) {
      String name = bundle.relativize(file).toString();
      byte[] content = Files.readAllBytes(file);
      byte[] altered = content.clone();
      altered[altered.length / 2] ^= 1;
      Files.write(file, altered);
      assertThat(verify(bundle)).as(name + " altered").isEqualTo(2);
      assertThat(out.toString()).as(name + " altered").contains(name);
      Files.delete(file);
      assertThat(verify(bundle)).as(name + " deleted").isEqualTo(2);
      assertThat(out.toString() + err).contains(name);
      Files.write(file, content);
    }
    Path added = Files.writeString(bundle.resolve("evidence/.more"), "");
    assertThat(verify(bundle)).isEqualTo(2);
    assertThat(out.toString()).contains("evidence/.more was added");
    Files.delete(added);
    assertThat(verify(bundle)).isZero();
  }

  /** Whoever forges evidence and all hashes still has to make the judge agree. */
  @Test
  void aForgedReadingIsJudgedAgain() throws IOException {
    Path bundle = directory.resolve("bundle");
    gate("run", "--out", bundle.toString());
    Path evidence = bundle.resolve("evidence/total-p95.json");
    Files.writeString(evidence, Files.readString(evidence).replace("50.0", "500.0"));
    ObjectNode manifest =
        (ObjectNode) Json.mapper().readTree(bundle.resolve("manifest.json").toFile());
    String sha256 = FileHash.of(Files.readAllBytes(evidence));
    for (JsonNode part : manifest.get("files")) {
      if (part.get("name").asText().equals("evidence/total-p95.json")) {
        ((ObjectNode) part).put("sha256", sha256).put("bytes", Files.size(evidence));
      }
    }
    for (JsonNode gate : manifest.at("/report/gates")) {
      if (gate.get("id").asText().equals("total-p95")) {
        ((ObjectNode) gate).put("evidence_sha256", sha256);
      }
    }
    Bundle forged = Json.mapper().treeToValue(manifest, Bundle.class);
    String id = Bundle.id(forged.report(), forged.files());
    Files.write(
        bundle.resolve("manifest.json"),
        new Bundle(forged.schema(), id, forged.report(), forged.files()).json());

    assertThat(verify(bundle)).isEqualTo(2);
    assertThat(out.toString()).contains("the gate `total-p95` judged again is FAIL");
  }

  @Test
  void weakerProvenanceIsARehearsalAndSaysSo() throws IOException {
    assertThat(gate("run", "--provenance", "simulated", "--output", "json")).isZero();

    JsonNode report = Json.mapper().readTree(out.toString());
    assertThat(report.get("rehearsal").asBoolean()).isTrue();
    assertThat(report.get("go").asBoolean()).isTrue();
    assertThat(report.get("builds").get(0).asText()).isEqualTo("b1");
    assertThat(report.get("criteria_hash").asText()).hasSize(64);
  }

  @Test
  void aFlagThatDiffersFromTheSnapshotShutsTheGate() throws IOException {
    Path same = flags(true);
    assertThat(gate("run", "--flags", same.toString())).isZero();
    Path other = flags(false);
    assertThat(gate("run", "--flags", other.toString())).isEqualTo(2);
    assertThat(out.toString()).contains("NO-GO");
    assertThat(gate("run", "--build", "b2")).isEqualTo(2);
    assertThat(out.toString()).contains("b1 where b2 is to be released");
  }

  @Test
  void aWaiverOpensASoftGateUntilItExpires() throws IOException {
    Path flags = flags(false);
    String line =
        "- {gate: %s, who: Ada, why: known <b>, granted: 2026-01-05T00:00:00Z, expires: %s}";
    Path waivers = directory.resolve("waivers.yaml");
    Path bundle = directory.resolve("bundle");

    Files.writeString(waivers, line.formatted("flags-known", "2026-01-11T00:00:00Z"));
    assertThat(
            gate(
                "run",
                "--flags",
                flags.toString(),
                "--waivers",
                waivers.toString(),
                "--out",
                bundle.toString()))
        .isZero();
    assertThat(out.toString()).contains("1 by a waiver").contains("waived by Ada: known <b>");
    assertThat(Files.readString(bundle.resolve("report.html")))
        .contains("waived by Ada: known &lt;b&gt;")
        .doesNotContain("<b>");
    assertThat(verify(bundle)).isZero();

    Files.writeString(waivers, line.formatted("flags-known", "2026-01-06T00:00:00Z"));
    assertThat(gate("run", "--flags", flags.toString(), "--waivers", waivers.toString()))
        .isEqualTo(2);

    Files.writeString(waivers, line.formatted("flags-known", "2026-03-01T00:00:00Z"));
    assertThat(gate("run", "--waivers", waivers.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("at most 14 days later");

    Files.writeString(waivers, line.formatted("one-build", "2026-01-11T00:00:00Z"));
    assertThat(gate("run", "--waivers", waivers.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("the gate `one-build` is hard: nobody may waive it");

    Files.writeString(waivers, line.formatted("flag-known", "2026-01-11T00:00:00Z"));
    assertThat(gate("run", "--waivers", waivers.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean 'flags-known'?");
  }

  @Test
  void whyNotSaysWhatToDoAndWhen() throws IOException {
    assertThat(gate("why-not")).isZero();
    assertThat(out.toString()).contains("nothing is in the way");

    assertThat(gate("why-not", "--since", "2026-01-09T23:30:00Z", "--output", "json")).isEqualTo(2);
    JsonNode document = Json.mapper().readTree(out.toString());
    assertThat(document.get("go").asBoolean()).isFalse();
    assertThat(document.at("/steps/0/mend").asText()).isNotEmpty();
    assertThat(document.get("earliest_us").asLong())
        .isGreaterThan(document.get("as_of_us").asLong());

    assertThat(
            gate("why-not", "--since", "2026-01-09T23:30:00Z", "--build", "b2", "--output", "json"))
        .isEqualTo(2);
    assertThat(Json.mapper().readTree(out.toString()).get("earliest_us").isNull())
        .as("time alone does not mend another build")
        .isTrue();
  }

  private Path flags(boolean pipeline) throws IOException {
    EngineFlags engine =
        new EngineFlags("mm-1", "r1", "b1", "c1", 1, Source.LIVE, Map.of("pipeline", pipeline));
    return Files.write(
        directory.resolve("flags.json"), Json.write(FlagsSnapshot.of(1, List.of(engine))));
  }

  private int verify(Path bundle) {
    return sluice("gate", "verify", bundle.toString());
  }

  private int gate(String command, String... more) {
    List<String> line = new ArrayList<>(List.of("gate", command));
    line.addAll(common());
    line.addAll(List.of(more));
    return sluice(line.toArray(String[]::new));
  }

  private static List<String> common() {
    return List.of(
        "--stage",
        "shadow",
        "--datasets",
        world.datasets().toString(),
        "--as-of",
        "newest",
        "--configuration",
        world.configuration().toString());
  }

  private int sluice(String... arguments) {
    fresh();
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
