// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Main;
import dev.sluice.cli.dataset.Datasets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release is archived once, tagged when it is one, and refused when a gate is shut. */
class PromoteCommandTest {
  @TempDir static Path root;
  private static GateWorld world;

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void write() throws IOException {
    world = new GateWorld(root).write();
  }

  @Test
  void promoteArchivesOnceAndNeverAgain() throws IOException {
    Path archive = directory.resolve("releases");
    List<String> line =
        List.of("--version", "v1.0.0", "--to", archive.toString(), "--provenance", "simulated");

    assertThat(promote(line)).as("nobody to ask").isEqualTo(2);
    assertThat(err.toString()).contains("give --yes in a pipeline");
    assertThat(archive).doesNotExist();

    List<String> yes = new ArrayList<>(line);
    yes.add("--yes");
    assertThat(promote(yes)).as(out + "" + err).isZero();
    assertThat(out.toString()).contains("v1.0.0 is promoted").contains("a rehearsal: no tag");
    Path release = archive.resolve("v1.0.0");
    assertThat(Files.readString(release.resolve("release-notes.md")))
        .contains("# v1.0.0 (rehearsal)")
        .contains("## Gates");
    assertThat(release.resolve("logs/1-logs/engine.log")).exists();
    assertThat(verify(release.resolve("bundle"))).isZero();

    String before = Files.readString(release.resolve("release.json"));
    assertThat(promote(yes)).isZero();
    assertThat(out.toString()).contains("was promoted before, nothing was changed");
    assertThat(Files.readString(release.resolve("release.json"))).isEqualTo(before);

    List<String> shut = new ArrayList<>(yes);
    shut.addAll(List.of("--build", "b2"));
    shut.set(1, "v1.0.1");
    assertThat(promote(shut)).isEqualTo(2);
    assertThat(archive.resolve("v1.0.1")).doesNotExist();
  }

  @Test
  void promoteTagsTheCheckoutAndTellsWhatChanged() throws Exception {
    Path checkout = Files.createDirectories(directory.resolve("checkout"));
    git(checkout, "init", "--quiet");
    git(checkout, "config", "user.email", "ada@example.org");
    git(checkout, "config", "user.name", "Ada");
    git(checkout, "commit", "--quiet", "--allow-empty", "-m", "First");
    Path archive = directory.resolve("releases");
    for (String host : List.of("a", "b")) {
      Files.writeString(
          Files.createDirectories(directory.resolve(host + "/logs")).resolve("engine.log"), host);
    }

    Promotion.Release first = promote(checkout, archive, "v1");
    git(checkout, "commit", "--quiet", "--allow-empty", "-m", "A faster cache");
    Promotion.Release second = promote(checkout, archive, "v2");

    assertThat(first.tag()).isEqualTo("v1");
    assertThat(archive.resolve("v1/logs/1-logs/engine.log")).hasContent("a");
    assertThat(archive.resolve("v1/logs/2-logs/engine.log")).hasContent("b");
    assertThat(second.commit())
        .isEqualTo(new GitCheckout(checkout).tagged("v2"))
        .isNotEqualTo(first.commit());
    assertThat(Files.readString(archive.resolve("v2/release-notes.md")))
        .contains("## Changes since v1")
        .contains("A faster cache")
        .doesNotContain("First");
  }

  private Promotion.Release promote(Path checkout, Path archive, String version)
      throws IOException {
    StageYaml gates = new StageYaml(ShippedGatesTest.GATES);
    GateSettings settings = Shipped.settings(world, GateWorld.NEWEST_US);
    try (Datasets datasets = new Datasets(world.datasets())) {
      return new Promotion(archive.toString(), version, checkout)
          .promote(
              GateRun.run(gates.read("shadow"), gates, settings, datasets, line -> {}),
              gates,
              settings,
              List.of(directory.resolve("a/logs"), directory.resolve("b/logs/.")),
              GateWorld.NEWEST_US);
    }
  }

  private static void git(Path directory, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("git", "-C", directory.toString()));
    line.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(line).inheritIO().start().waitFor()).isZero();
  }

  private int verify(Path bundle) {
    return sluice("gate", "verify", bundle.toString());
  }

  private int promote(List<String> more) {
    List<String> line = new ArrayList<>(List.of("promote"));
    line.addAll(common());
    line.addAll(more);
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
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
