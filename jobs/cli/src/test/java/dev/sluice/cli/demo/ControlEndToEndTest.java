// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Main;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.flags.EngineFlags;
import dev.sluice.cli.flags.FlagsSnapshot;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at the desk, while judge and engine run. */
class ControlEndToEndTest {
  private static final String QUIET =
      """
      name: quiet
      description: nothing happens unless a person wants it
      start: 2026-01-05T00:00:00Z
      duration: 24h
      seed: 1
      engine: mm-1
      ticks_per_second: 2
      symbols: [SIMUSDT]
      faults: []
      commands: []
      """;

  @Test
  void aPersonHaltsAndResumesAnEngineAndSeesItsEffect(@TempDir Path directory) throws Exception {
    try (DrillStage play = Stages.of(directory, Scenario.parse(QUIET, "quiet"))) {
      play.judge().start();
      play.startEngine("--speed", "60");
      await("the engine trades")
          .atMost(Duration.ofSeconds(120))
          .until(() -> play.watermarkMs() > 120_000);

      JsonNode halted = order(play, ExitCodes.OK, "halt", "mm-1");
      assertThat(halted.path("result").asText()).isEqualTo("EFFECTIVE");
      assertThat(halted.path("mode").asText()).isEqualTo("HALT");
      assertThat(halted.path("latency_ms").asLong()).isBetween(0L, 20_000L);

      JsonNode status = sluice(ExitCodes.OK, "control", "status", "--bootstrap", play.bootstrap());
      assertThat(status).hasSize(1);
      assertThat(status.get(0).path("engine_id").asText()).isEqualTo("mm-1");
      assertThat(status.get(0).path("mode").asText()).isEqualTo("HALT");
      assertThat(status.get(0).path("ack_status").asText()).isEqualTo("EFFECTIVE");
      assertThat(status.get(0).path("because").asText()).isEqualTo("ana: a test");

      JsonNode resumed = order(play, ExitCodes.OK, "resume", "mm-1");
      assertThat(resumed.path("mode").asText()).isEqualTo("RUN");
      assertThat(resumed.path("epoch").asLong()).isGreaterThan(halted.path("epoch").asLong());

      overrides(play);
      putsFlagsBack(play, directory);

      JsonNode log = sluice(ExitCodes.OK, "audit", "verify", "--bootstrap", play.bootstrap());
      assertThat(log.path("outcome").asText()).isEqualTo("PASS");
      assertThat(log.path("engines").get(0).path("entries").asLong()).isGreaterThan(8);
    }
  }

  private static void overrides(DrillStage play) throws Exception {
    JsonNode cap = order(play, ExitCodes.FAILED, "override", "mm-1", "daily-loss", "2h");
    assertThat(cap.path("result").asText()).isEqualTo("REFUSED");
    assertThat(cap.path("reason").asText()).contains("daily-loss is a hard cap");
    JsonNode tooLong = order(play, ExitCodes.FAILED, "override", "mm-1", "hit-ratio", "48h");
    assertThat(tooLong.path("reason").asText()).contains("gate.override_max 24h");
    order(play, ExitCodes.OK, "override", "mm-1", "hit-ratio", "2h");

    JsonNode status = sluice(ExitCodes.OK, "control", "status", "--bootstrap", play.bootstrap());
    JsonNode override = status.get(0).path("overrides").get(0);
    assertThat(override.path("criterion_id").asText()).isEqualTo("hit-ratio");
    assertThat(override.path("who").asText()).isEqualTo("ana");
    assertThat(override.path("why").asText()).isEqualTo("a test");
    assertThat(override.path("expires_at_us").asLong()).isPositive();
    assertThat(status.get(0).path("commands")).hasSize(5);
  }

  /** A snapshot is changed by hand, put into force, and the first one put back. */
  private static void putsFlagsBack(DrillStage play, Path directory) throws Exception {
    String bootstrap = play.bootstrap();
    String first = directory.resolve("first.json").toString();
    sluice(ExitCodes.OK, "flags", "snapshot", "--bootstrap", bootstrap, "--out", first);
    FlagsSnapshot taken = FlagsSnapshot.parse(Files.readAllBytes(Path.of(first)));
    Path other = directory.resolve("other.json");
    Files.write(other, Json.write(FlagsSnapshot.of(1, with(taken, "queue_eta", true))));
    JsonNode changed = restore(bootstrap, ExitCodes.OK, other.toString());
    assertThat(changed.get(0).path("state").asText()).isEqualTo("RESTORED");
    JsonNode diff =
        sluice(ExitCodes.NOT_COMPLETE, "flags", "diff", first, "--bootstrap", bootstrap);
    assertThat(diff.path("differences")).hasSize(1);

    Path unknown = directory.resolve("unknown.json");
    Files.write(unknown, Json.write(FlagsSnapshot.of(1, with(taken, "queue_eat", true))));
    JsonNode refused = restore(bootstrap, ExitCodes.FAILED, unknown.toString());
    assertThat(refused.get(0).path("state").asText()).isEqualTo("REFUSED");
    assertThat(refused.get(0).path("reason").asText())
        .contains("flag queue_eat is not known; did you mean 'queue_eta'?");

    restore(bootstrap, ExitCodes.OK, first);
    sluice(ExitCodes.OK, "flags", "diff", first, "--bootstrap", bootstrap);
  }

  private static List<EngineFlags> with(FlagsSnapshot taken, String flag, boolean value) {
    List<EngineFlags> changed = new ArrayList<>();
    for (EngineFlags e : taken.engines()) {
      Map<String, Boolean> flags = new TreeMap<>(e.flags());
      flags.put(flag, value);
      changed.add(
          new EngineFlags(
              e.engineId(),
              e.runId(),
              e.buildId(),
              e.configHash(),
              e.eventTimeUs(),
              e.source(),
              flags));
    }
    return changed;
  }

  private static JsonNode restore(String bootstrap, int expected, String file) throws Exception {
    return sluice(
        expected,
        "flags",
        "restore",
        file,
        "--bootstrap",
        bootstrap,
        "--who",
        "ana",
        "--why",
        "a test");
  }

  private static JsonNode order(
      DrillStage play, int expected, String action, String engine, String criterion, String time)
      throws Exception {
    return sluice(
        expected,
        "control",
        action,
        "--bootstrap",
        play.bootstrap(),
        "--engine",
        engine,
        "--criterion",
        criterion,
        "--for",
        time,
        "--who",
        "ana",
        "--why",
        "a test");
  }

  private static JsonNode order(DrillStage play, int expected, String action, String engine)
      throws Exception {
    return sluice(
        expected,
        "control",
        action,
        "--bootstrap",
        play.bootstrap(),
        "--engine",
        engine,
        "--who",
        "ana",
        "--why",
        "a test");
  }

  private static JsonNode sluice(int expected, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--output", "json"));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(out, true), new PrintWriter(err, true), line.toArray(String[]::new));
    assertThat(code).as("%s%n%s", err, out).isEqualTo(expected);
    return Json.mapper().readTree(out.toString());
  }
}
