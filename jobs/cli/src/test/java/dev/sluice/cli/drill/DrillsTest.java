// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Home;
import dev.sluice.cli.Main;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drills themselves, several faults in one run. */
class DrillsTest {
  @Test
  void theJudgeSurvivesWhateverComesIn(@TempDir Path directory) throws Exception {
    try (DrillRun run =
        run(
            directory,
            "poison-record",
            "record-storm",
            "duplicate-storm",
            "reordering",
            "clock-skew",
            "future-event",
            "idle-partition",
            "late-data")) {
      run.play();
      DrillReport report = run.report();
      assertThat(report.pass()).as(report.text()).isTrue();
      assertThat(report.faults()).allSatisfy(fault -> assertThat(fault.recoveryS()).isPositive());

      // the same run with a row removed: a drill that cannot fail would prove nothing
      Files.delete(someFile(run.stage().datasets().resolve("dataset=orders")));
      DrillReport damaged = run.report();
      assertThat(damaged.pass()).isFalse();
      assertThat(damaged.invariants())
          .filteredOn(check -> !check.pass())
          .extracting(DrillCheck::what)
          .contains("orders equals its topic", "datasets complete");
    }
  }

  @Test
  void theJudgeSurvivesItsDisksAndItsDeaths(@TempDir Path directory) throws Exception {
    try (DrillRun run =
        run(directory, "slow-disk", "checkpoint-failure", "disk-full", "kill-judge")) {
      run.play();
      DrillReport report = run.report();
      assertThat(report.pass()).as(report.text()).isTrue();
    }
  }

  @Test
  void theListNamesEveryDrillAndAWrongNameIsRefused() throws Exception {
    StringWriter out = new StringWriter();
    assertThat(sluice(out, new StringWriter(), "drill", "list", "--output", "json"))
        .isEqualTo(ExitCodes.OK);
    List<String> names = Json.mapper().readTree(out.toString()).findValuesAsText("name");
    assertThat(names)
        .doesNotHaveDuplicates()
        .containsExactlyElementsOf(Drills.all().stream().map(Fault::name).toList());
    StringWriter err = new StringWriter();
    assertThat(sluice(new StringWriter(), err, "drill", "no-such")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("no drill 'no-such'", "poison-record");
  }

  private static int sluice(StringWriter out, StringWriter err, String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private static DrillRun run(Path directory, String... names) throws IOException {
    List<Fault> faults = Stream.of(names).map(name -> Drills.named(name).orElseThrow()).toList();
    Path config = Home.find().resolve("config").resolve("sluice.yaml");
    return new DrillRun(
        faults, "process", new ProcessSite(directory, config), directory, 1, System.out::println);
  }

  private static Path someFile(Path dataset) throws IOException {
    try (Stream<Path> files = Files.walk(dataset)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".parquet"))
          .findFirst()
          .orElseThrow();
    }
  }
}
