// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.flags.EngineFlags;
import dev.sluice.cli.flags.FlagsSnapshot;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice flags} on files, and the words of {@code sluice control override}. */
class FlagsCommandTest {
  private static final Map<String, Boolean> MONDAY = Map.of("md_cache", true, "queue_eta", false);

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theSameFlagsAreNoDifferenceWhateverTheBuild() throws IOException {
    Path one = write("one", engine("mm-1", "1.0", MONDAY));
    Path two = write("two", engine("mm-1", "1.1", MONDAY));
    assertThat(sluice("flags", "diff", one.toString(), two.toString())).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .contains("mm-1: build 1.0 -> 1.1", "the flags of 1 engines are the same");
  }

  @Test
  void everyFlagAndEngineThatDiffersIsNamed() throws IOException {
    Path one = write("one", engine("mm-1", "1", MONDAY), engine("mm-2", "1", MONDAY));
    Path two =
        write(
            "two",
            engine("mm-1", "1", Map.of("md_cache", false, "pipeline", true)),
            engine("mm-3", "1", MONDAY));
    assertThat(sluice("flags", "diff", one.toString(), two.toString()))
        .isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(out.toString())
        .contains(
            "mm-1: md_cache true -> false",
            "mm-1: pipeline absent -> true",
            "mm-1: queue_eta false -> absent",
            "mm-2: is not there any more",
            "mm-3: is new",
            "5 differences");
    out.getBuffer().setLength(0);
    sluice("flags", "diff", one.toString(), two.toString(), "--output", "json");
    assertThat(Json.mapper().readTree(out.toString()).path("same").asBoolean()).isFalse();
  }

  @Test
  void anAlteredSnapshotAnEmptyOneAndNoneAreRefused() throws IOException {
    Path one = write("one", engine("mm-1", "1", MONDAY));
    Path altered = directory.resolve("altered");
    Files.writeString(
        altered, Files.readString(one).replace("\"md_cache\":true", "\"md_cache\":false"));
    assertThat(sluice("flags", "diff", one.toString(), altered.toString()))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("it was altered", "altered");
    assertThat(sluice("flags", "diff", write("none").toString(), one.toString()))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("it names no engine");
    assertThat(sluice("flags", "diff", directory.resolve("nowhere").toString()))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("cannot read the snapshot");
  }

  @Test
  void aRestoreNeedsAPersonAndAReason() throws IOException {
    String file = write("one", engine("mm-1", "1", MONDAY)).toString();
    assertThat(sluice("flags", "restore", file, "--who", "ana")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--why");
    assertThat(sluice("flags", "restore", file, "--who", " ", "--why", "x"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("audit log");
  }

  @Test
  void anOverrideNeedsOneEndAndOnlyOne() {
    String[] line = {
      "control", "override", "--engine", "mm-1", "--criterion", "a", "--who", "ana", "--why", "x"
    };
    assertThat(sluice(line)).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--for", "--until");
    assertThat(sluice(with(line, "--for", "2h", "--until", "2026-01-05T00:00:00Z")))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(sluice(with(line, "--for", "soon", "--bootstrap", "127.0.0.1:1")))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--for is no duration");
    assertThat(sluice(with(line, "--until", "noon", "--bootstrap", "127.0.0.1:1")))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--until is no time");
  }

  private static String[] with(String[] line, String... more) {
    String[] all = java.util.Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    return all;
  }

  private Path write(String name, EngineFlags... engines) throws IOException {
    Path file = directory.resolve(name);
    Files.write(file, Json.write(FlagsSnapshot.of(7, List.of(engines))));
    return file;
  }

  private static EngineFlags engine(String id, String build, Map<String, Boolean> flags) {
    return new EngineFlags(id, "run-1", build, "config", 5, Source.PAPER, flags);
  }

  private int sluice(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
