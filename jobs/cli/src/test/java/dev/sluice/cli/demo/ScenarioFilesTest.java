// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Home;
import dev.sluice.cli.Main;
import dev.sluice.engine.fault.ExpectedDrift;
import dev.sluice.engine.fault.ExpectedRollout;
import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.ParityCause;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped scenarios can be read, and a run's copy of one says the same. */
class ScenarioFilesTest {
  private static final Path SCENARIOS = Home.find().resolve("config").resolve("scenarios");

  @Test
  void everyShippedScenarioIsReadAndSurvivesBeingWritten(@TempDir Path directory) throws Exception {
    List<Path> files;
    try (Stream<Path> found = Files.list(SCENARIOS)) {
      files = found.sorted().toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      Scenario scenario = Scenario.load(file);
      Path copy = directory.resolve(file.getFileName().toString());
      ScenarioFile.write(scenario, copy);
      assertThat(normalised(Scenario.load(copy))).isEqualTo(normalised(scenario));
    }
  }

  @Test
  void soakAndOrdersInjectEveryKindOfFault() {
    Scenario soak = Scenario.load(SCENARIOS.resolve("soak-72h.yaml"));
    assertThat(soak.durationMs()).isEqualTo(72L * 3_600_000);
    Scenario orders = Scenario.load(SCENARIOS.resolve("orders.yaml"));
    Set<FaultKind> ofTrials = EnumSet.copyOf(FaultKind.of(FaultKind.Layer.DRIFT));
    ofTrials.addAll(List.of(FaultKind.ARM_B_SLIPPAGE, FaultKind.ARM_B_SLOW, FaultKind.ARM_B_TAKER));
    assertThat(Stream.of(soak, orders).flatMap(scenario -> scenario.faults().stream()))
        .extracting(Scenario.Fault::kind)
        .containsAll(EnumSet.complementOf(EnumSet.copyOf(ofTrials)));
  }

  @Test
  void aShorterRunLeavesOutWhatWouldBecomeOfATrialLater() {
    Scenario scenario =
        Scenario.parse(
            """
            name: cut
            start: 2026-01-05T00:00:00Z
            duration: 6h
            seed: 1
            engine: mm-1
            ticks_per_second: 1
            symbols: [SIMUSDT]
            trial: wider
            shadow: true
            faults: [{id: worse, kind: arm_b_slippage, at: 3h, for: 3h, expect: []}]
            rollouts:
              - {to: "10", due: 10m}
              - {to: rolled-back, due: 10m, from_fault: worse}
            parity: [{cause: FEES, from: 1h, to: 2h}, {cause: LATENCY, from: 3h, to: 5h}]
            """,
            "cut");
    Scenario cut = ScenarioFile.with(scenario, 4 * 3_600_000L, 1);
    assertThat(cut.faults()).isEmpty();
    assertThat(cut.rollouts()).extracting(ExpectedRollout::to).containsExactly("10");
    assertThat(cut.parity()).extracting(ExpectedDrift::cause).containsExactly(ParityCause.FEES);
    assertThat(cut.trial()).isEqualTo("wider");
    assertThat(cut.shadow()).isTrue();
  }

  @Test
  void everyKindOfFindingIsExpectedOfSomeFault() {
    Scenario orders = Scenario.load(SCENARIOS.resolve("orders.yaml"));
    assertThat(orders.faults().stream().flatMap(fault -> fault.finds().stream()))
        .extracting(Scenario.ExpectedFinding::kind)
        .contains(FindingKind.values());
  }

  @Test
  void theSoaksWordsCountItsFaults() {
    Scenario soak = Scenario.load(SCENARIOS.resolve("soak-72h.yaml"));
    assertThat(soak.faults()).hasSize(9);
    assertThat(soak.faults().stream().filter(f -> !f.expect().isEmpty())).hasSize(8);
    assertThat(soak.description()).contains("nine faults, eight of which");
    StringWriter help = new StringWriter();
    Main.run(new PrintWriter(help, true), new PrintWriter(help, true), "demo", "--help");
    assertThat(help.toString()).contains("72 hours of soak with nine faults");
  }

  @Test
  void aShorterRunLeavesOutTheFaultsThatWouldNotEndInTime() {
    Scenario soak = Scenario.load(SCENARIOS.resolve("soak-72h.yaml"));
    Scenario cut = ScenarioFile.with(soak, 10 * 3_600_000L, 5);
    assertThat(cut.faults())
        .extracting(Scenario.Fault::id)
        .containsExactly("miss-storm-12m30", "miss-storm-9m50");
    assertThat(cut.commands()).isEmpty();
    assertThat(cut.seed()).isEqualTo(5);
  }

  /** Numbers may be written 250 or 250.0. */
  private static Scenario normalised(Scenario s) {
    return new Scenario(
        s.name(),
        s.description(),
        s.startUs(),
        s.durationMs(),
        s.seed(),
        s.engine(),
        s.ticksPerSecond(),
        s.symbols(),
        normalised(s.faults()),
        s.commands(),
        s.trial(),
        s.trialSettings(),
        s.settings(),
        s.shadow(),
        normalised(s.shadowFaults()),
        s.rollouts(),
        s.holds(),
        s.parity());
  }

  private static List<Scenario.Fault> normalised(List<Scenario.Fault> faults) {
    return faults.stream()
        .map(
            f ->
                new Scenario.Fault(
                    f.id(), f.kind(), f.atMs(), f.forMs(), null, f.expect(), f.finds()))
        .toList();
  }
}
