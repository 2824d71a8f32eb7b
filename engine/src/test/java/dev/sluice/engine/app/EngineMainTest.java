// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.Scenario;
import dev.sluice.engine.gate.EpochStoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EngineMainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter error = new StringWriter();
  @TempDir private Path directory;

  @Test
  void helpHasExamplesAndExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("Examples:")
        .contains("--scenario config/scenarios/soak-72h.yaml")
        .contains("sluice engine --data")
        .contains("--trial config/trials/auto-spread-queue-eta.yaml")
        .contains("--venue http://127.0.0.1:9200 --shadow")
        .contains("SLUICE_BOOTSTRAP")
        .contains("default: paced with --scenario or --data, else realtime")
        .contains("130");
  }

  @Test
  void speedIsRealtimeUnlessSomethingIsPlayed() throws Exception {
    EngineMain command = new EngineMain();
    new CommandLine(command).parseArgs("--output", "none");
    assertThat(command.plan().pace().kind()).isEqualTo(Pace.Kind.REALTIME);
    assertThat(command.plan().summaryLine()).isFalse();
    Path capture = Files.writeString(directory.resolve("capture"), "");
    command = new EngineMain();
    new CommandLine(command).parseArgs("--data", capture.toString());
    assertThat(command.plan().pace().kind()).isEqualTo(Pace.Kind.PACED);
  }

  @Test
  void shadowIsAnEngineOfItsOwnWithItsOwnFaultsAndWays() throws Exception {
    assertThat(plan("--shadow", "--set", "engine_id=mm-7").config().engineId())
        .isEqualTo("mm-7-shadow");
    assertThat(plan("--shadow", "--engine-id", "other").config().engineId()).isEqualTo("other");
    Path scenario = scenario();
    RunPlan live = plan("--scenario", scenario.toString());
    RunPlan shadow = plan("--scenario", scenario.toString(), "--shadow");
    assertThat(shadow.config().engineId()).isEqualTo("mm-1-shadow");
    assertThat(shadow.config().seed()).as("the same market").isEqualTo(live.config().seed());
    assertThat(shadow.venueSeed()).isNotEqualTo(live.venueSeed());
    assertThat(live.venueSeed()).isEqualTo(live.config().seed());
    assertThat(live.faults()).extracting(Scenario.Fault::id).containsExactly("live");
    assertThat(shadow.faults()).extracting(Scenario.Fault::id).containsExactly("own");
    assertThat(plan().faults()).isEmpty();
  }

  @Test
  void shadowUnderTheNameOfTheLiveEngineIsRefused() throws Exception {
    assertThat(run("--shadow", "--set", "engine_id=mm-7", "--engine-id", "mm-7")).isEqualTo(2);
    assertThat(error.toString())
        .contains("--engine-id mm-7: with --shadow")
        .contains("leave --engine-id out for mm-7-shadow");
    String scenario = scenario().toString();
    assertThat(run("--shadow", "--scenario", scenario, "--engine-id", "mm-1")).isEqualTo(2);
    assertThat(plan("--engine-id", "mm-1").config().engineId()).isEqualTo("mm-1");
  }

  @Test
  void settingsOfTheScenarioCountUnlessTheCommandLineSaysOtherwise() throws Exception {
    String scenario = scenario().toString();
    assertThat(plan("--scenario", scenario).config().flags().adaptiveSpread()).isFalse();
    RunPlan overridden = plan("--scenario", scenario, "--set", "flags.adaptive_spread=true");
    assertThat(overridden.config().flags().adaptiveSpread()).isTrue();
  }

  @Test
  void trialIsReadWithTheSettingsOfTheEngine() throws Exception {
    String trial = Path.of("..", "config", "trials", "auto-spread-queue-eta.yaml").toString();
    assertThat(plan().trial()).isNull();
    RunPlan plan = plan("--trial", trial, "--scenario", scenario().toString(), "--seed", "9");
    assertThat(plan.trial().plan().id()).isEqualTo("auto-spread-queue-eta");
    assertThat(plan.config().flags().adaptiveSpread()).isFalse();
    assertThat(plan.trial().armB().flags().adaptiveSpread()).isTrue();
    assertThat(plan.trial().armB().seed()).isEqualTo(9);
    Path bad = Files.writeString(directory.resolve("bad.yaml"), "idd: x\n");
    assertThat(run("--trial", bad.toString())).isEqualTo(2);
    assertThat(error.toString()).contains("bad.yaml: unknown key 'idd'; did you mean 'id'?");
  }

  private Path scenario() throws IOException {
    return Files.writeString(
        directory.resolve("scenario.yaml"),
        """
        name: s
        start: 2026-01-05T00:00:00Z
        duration: 3h
        seed: 5
        engine: mm-1
        ticks_per_second: 2
        symbols: [SIMUSDT]
        settings: [flags.adaptive_spread=false]
        shadow: true
        faults: [{id: live, kind: hole, at: 1h, for: 1m}]
        shadow_faults: [{id: own, kind: fees_wrong, at: 1h, for: 1m}]
        """);
  }

  private static RunPlan plan(String... args) {
    EngineMain command = new EngineMain();
    new CommandLine(command).parseArgs(args);
    return command.plan();
  }

  @Test
  void bootstrapHasTheDefaultOfEveryCommand() {
    EngineMain command = new EngineMain();
    new CommandLine(command).parseArgs();
    String set = System.getenv("SLUICE_BOOTSTRAP");
    assertThat(command.plan().kafka().bootstrap()).isEqualTo(set == null ? "127.0.0.1:9092" : set);
  }

  @Test
  void propertiesOfKafkasClientsAreReadWithAWarningAndNeverPrinted() throws Exception {
    Path file = Files.writeString(directory.resolve("client.properties"), "sasl.jaas.config=hush");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run("--bootstrap", "127.0.0.1:1", "--kafka-wait", "1ms", "--kafka-properties", "no"))
        .isEqualTo(2);
    assertThat(error.toString()).contains("--kafka-properties no: cannot be read");
    Files.writeString(file, "sasl.jaas.config=hush\nsecurity.protocol=SASL_PLAINTEXT");
    assertThat(run("--bootstrap", "127.0.0.1:1", "--kafka-properties", file.toString()))
        .isEqualTo(3);
    assertThat(error.toString())
        .contains("chmod 600")
        .contains("Kafka's client refuses its properties")
        .doesNotContain("hush");
    EngineMain command = new EngineMain();
    new CommandLine(command).parseArgs("--kafka-properties", file.toString());
    assertThat(command.plan().kafka().properties())
        .containsOnlyKeys("sasl.jaas.config", "security.protocol");
    assertThat(command.plan().kafka().toString()).doesNotContain("hush");
  }

  @Test
  void configurationIsThatOfTheInstallation() throws Exception {
    Path file = Files.createDirectories(directory.resolve("config")).resolve("engine.yaml");
    Files.writeString(file, "engine_id: installed\n");
    String before = System.getProperty("sluice.home");
    System.setProperty("sluice.home", directory.toString());
    try {
      EngineMain command = new EngineMain();
      new CommandLine(command).parseArgs();
      assertThat(command.plan().config().engineId()).isEqualTo("installed");
    } finally {
      if (before == null) {
        System.clearProperty("sluice.home");
      } else {
        System.setProperty("sluice.home", before);
      }
    }
  }

  @Test
  void diskThatFailsIsToldInOneLine() {
    Path file = directory.resolve("epoch");
    assertThat(
            EngineMain.failed(
                new EpochStoreException(
                    "cannot open " + file, new IOException("another process\nholds it"))))
        .isEqualTo("cannot open " + file + " (another process holds it)");
    assertThat(EngineMain.failed(new AccessDeniedException(file.toString())))
        .isEqualTo("java.nio.file.AccessDeniedException: " + file);
    assertThat(
            EngineMain.failed(
                new UncheckedIOException("state cannot be written", new IOException("disk full"))))
        .isEqualTo("state cannot be written (disk full)");
  }

  @Test
  void badOptionsConfigurationAndScenariosExitWithTwoAndOneLine() throws Exception {
    assertThat(run("--sped", "3")).isEqualTo(2);
    assertThat(run("--speed", "fast")).isEqualTo(2);
    assertThat(run("--set", "flags.pipelin=true")).isEqualTo(2);
    assertThat(error.toString()).contains("did you mean 'pipeline'?");
    assertThat(run("--data", directory.resolve("none.gz").toString())).isEqualTo(2);
    Path scenario = directory.resolve("bad.yaml");
    Files.writeString(scenario, "nam: x\n");
    assertThat(run("--scenario", scenario.toString())).isEqualTo(2);
    assertThat(error.toString()).contains("bad.yaml: unknown key 'nam'; did you mean 'name'?");
    assertThat(run("--duration", "soon")).isEqualTo(2);
    assertThat(run("--config", directory.resolve("no.yaml").toString())).isEqualTo(2);
  }

  @Test
  void venueOfItsOwnGoesWithTheWallClockOnly() {
    assertThat(run("--venue", "http://127.0.0.1:9200", "--speed", "10")).isEqualTo(2);
    assertThat(error.toString()).contains("it goes with --speed realtime only");
    assertThat(run("--venue", "127.0.0.1:9200")).isEqualTo(2);
    assertThat(run("--venue", "ftp://127.0.0.1:9200")).isEqualTo(2);
    assertThat(error.toString()).contains("expected http://HOST:PORT");
  }

  @Test
  void kafkaThatDoesNotAnswerExitsWithThree() {
    assertThat(run("--bootstrap", "localhost:1", "--kafka-wait", "1s")).isEqualTo(3);
    assertThat(error.toString()).contains("no Kafka answers at localhost:1");
  }

  private int run(String... args) {
    CommandLine command = EngineMain.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(error, true));
    return command.execute(args);
  }
}
