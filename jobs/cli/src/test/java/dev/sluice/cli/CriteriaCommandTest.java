// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of criteria: sound ones, wrong ones, and tests that fail. */
class CriteriaCommandTest {
  private static final String SOUND =
      """
      - id: my-miss
        description: Too many late ticks.
        metric: deadline_miss_ratio
        over: 1m
        breach: "> 0.05"
        recover: "< 0.02"
        hold: 2m
        recover_hold: 5m
        min_samples: 60
        on_missing: {after: 2m, action: PAUSE}
        action: PAUSE
      """;

  private static final String TESTS =
      """
      - name: misses pause
        criterion: my-miss
        series: {deadline_misses: "0x6 10x30"}
        expect: {1m: PASS CLEAR, 1m10s: BREACH PENDING, 3m10s: BREACH TRIPPED PAUSE}
        decisions: {3m10s: PAUSE}
      - name: without ticks it pauses too
        criterion: my-miss
        series: {ticks: "20x6 stale"}
        expect: {3m40s: NO_DATA TRIPPED PAUSE}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path directory;

  @BeforeEach
  void sound() throws IOException {
    Files.createDirectories(directory.resolve("tests"));
    Files.writeString(directory.resolve("mine.yaml"), SOUND);
    Files.writeString(directory.resolve("tests/mine.yaml"), TESTS);
  }

  @Test
  void whatIsShippedIsSoundAndItsTestsHold() throws Exception {
    assertThat(shipped("lint", "--strict")).as(out.toString()).isEqualTo(ExitCodes.OK);
    assertThat(shipped("test", "--only", "memory-leak")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).contains("ok    memory-leak: a jump is no leak", " 0 failed, in ");
  }

  @Test
  void lintNamesEveryErrorWithItsPlaceAndWhatWasMeant() throws Exception {
    Files.writeString(directory.resolve("a.yaml"), SOUND.replace("hold: 2m", "hodl: 2m"));
    Files.writeString(directory.resolve("b.yaml"), SOUND.replace("_ratio", "_rate"));
    assertThat(run("lint")).isEqualTo(ExitCodes.USAGE);
    assertThat(out.toString())
        .contains(
            "a.yaml:7: unknown key `hodl` in a criterion; did you mean 'hold'?",
            "b.yaml:3: unknown metric `deadline_miss_rate`; did you mean 'deadline_miss_ratio'?",
            "1 criteria, 0 tests: 2 errors, 0 warnings");
  }

  @Test
  void lintWarnsOfWhatIsHardlyMeantAndStrictlyFails() throws Exception {
    Files.writeString(
        directory.resolve("mine.yaml"),
        SOUND
            .replace("  hold: 2m\n", "")
            .replace("  recover_hold: 5m\n", "")
            .replace("  description: Too many late ticks.\n", ""));
    Files.writeString(
        directory.resolve("tests/mine.yaml"), TESTS.substring(0, TESTS.indexOf("- name: without")));
    assertThat(run("lint")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .contains("has no description", "without any hold", "has no test in which it is NO_DATA");
    assertThat(run("lint", "--strict")).isEqualTo(ExitCodes.FAILED);
  }

  @Test
  void lintKnowsTheRoster() throws Exception {
    String shipped = Files.readString(Home.config("criteria").resolve("var.yaml"));
    Files.writeString(directory.resolve("var.yaml"), shipped + "  engines: [mm-7]\n");
    assertThat(run("lint")).isEqualTo(ExitCodes.USAGE);
    assertThat(out.toString()).contains("names engines that are not on the roster: mm-7");
  }

  @Test
  void aTestThatFailsSaysWhereAndWhatCameInstead() throws Exception {
    Files.writeString(directory.resolve("mine.yaml"), SOUND.replace("hold: 2m", "hold: 3m"));
    assertThat(run("test", "--output", "json")).isEqualTo(ExitCodes.FAILED);
    JsonNode results = Json.mapper().readTree(out.toString());
    assertThat(results.get(0).path("passed").asBoolean()).isFalse();
    assertThat(results.get(0).path("line").asInt()).isEqualTo(1);
    assertThat(results.get(0).path("mismatches").get(0).asText())
        .isEqualTo("at 3m10s BREACH PENDING, expected BREACH TRIPPED PAUSE");
    assertThat(results.get(1).path("passed").asBoolean()).isTrue();
  }

  @Test
  void noTestIsNoSuccess() throws Exception {
    Files.delete(directory.resolve("tests/mine.yaml"));
    assertThat(run("test")).isEqualTo(ExitCodes.FAILED);
    assertThat(out.toString()).contains("0 cases");
  }

  @Test
  void listsAndExplains() throws Exception {
    assertThat(run("list")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .contains("my-miss", "deadline_miss_ratio > 0.05", "PAUSE", "ENFORCE");
    assertThat(run("explain", "my-miss")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .contains(
            "over the last 1m, every 10s",
            "trips when that has held without interruption for 2m",
            "NO_DATA, and PAUSE when that has lasted 2m",
            "trips 2m10s after things have turned bad",
            "misses pause");
    assertThat(run("explain", "my-mist")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("did you mean 'my-miss'?");
  }

  private int run(String command, String... more) {
    return execute(command, List.of("--dir", directory.toString()), more);
  }

  private int shipped(String command, String... more) {
    return execute(command, List.of(), more);
  }

  private int execute(String command, List<String> always, String... more) {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("criteria", command));
    all.addAll(always);
    all.addAll(List.of(more));
    return Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
  }
}
