// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.cli.process.ChildProcess;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.flink.app.LatestCheckpoint;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge dies without a word in the middle of a run, and comes back. */
class KilledJobsTest {
  private static final String SCENARIO =
      """
      name: killed-jobs
      description: an hour and a half with two stops, the judge is killed between them
      start: 2026-01-05T00:00:00Z
      duration: 1h30m
      seed: 3
      engine: mm-1
      ticks_per_second: 2
      symbols: [SIMUSDT]
      faults:
        - {id: hole, kind: hole, at: 10m, for: 4m,
           expect: [{criterion: deadline-miss, action: PAUSE, due: 2m40s}]}
        - {id: breaker, kind: breaker_open, at: 1h, for: 6m,
           expect: [{criterion: breaker-open, action: HALT, due: 5m10s}]}
      commands:
        - {at: 50m, action: RESUME, who: test, why: no matter}
        - {at: 1h15m, action: RESUME, who: test, why: the venue is back}
      """;

  @Test
  void theEngineFallsBackWithoutALeaseAndTheRunGoesOnWithoutALostOrDoubledDecision(
      @TempDir Path directory) throws Exception {
    Scenario scenario = Scenario.parse(SCENARIO, "killed-jobs");
    try (Playground play = new Playground(directory, scenario, "gate.lease_ttl=2s")) {
      ChildProcess jobs = play.startJobs();
      ChildProcess engine = play.startEngine();
      await("the first decision, and a checkpoint, before the kill")
          .atMost(Duration.ofSeconds(180))
          .until(
              () ->
                  play.watermarkMs() > 20 * 60_000
                      && LatestCheckpoint.find(play.checkpoints()).isPresent());
      jobs.kill();

      await("REDUCE_ONLY by the lapsed lease")
          .atMost(Duration.ofSeconds(60))
          .until(() -> lastModeIs(play, "REDUCE_ONLY") || lastModeIs(play, "PAUSE"));

      play.startJobs("--resume");
      await("the end of the run")
          .atMost(Duration.ofSeconds(240))
          .until(() -> !engine.alive() && play.watermarkMs() >= scenario.durationMs());
      assertThat(engine.exitCode()).as(play.lastWords()).isZero();
      Reckoning.Result result = play.reckon();
      assertThat(result.unexpected()).isEmpty();
      assertThat(result.faults()).allSatisfy(row -> assertThat(row.problem()).isNull());
      epochsAndDecisionsMatch(play.bootstrap());
    }
  }

  private static boolean lastModeIs(Playground play, String mode) {
    List<String> lines =
        play.engineLines().stream().filter(l -> l.contains("\"type\":\"progress\"")).toList();
    return !lines.isEmpty() && lines.get(lines.size() - 1).contains("\"mode\":\"" + mode + "\"");
  }

  /** Written twice after the kill, perhaps; but then word for word: one epoch is one decision. */
  private static void epochsAndDecisionsMatch(String bootstrap) {
    List<Control> all = new ArrayList<>();
    try (RecordTail tail =
        new RecordTail(bootstrap, List.of(Topics.CONTROL), RecordTail.From.BEGINNING)) {
      tail.drain(
          record -> {
            try {
              all.add(Json.read(record.value(), Control.class));
            } catch (MalformedException e) {
              throw new AssertionError(e);
            }
          });
    }
    Map<Long, String> decisionByEpoch = new HashMap<>();
    Map<String, Long> epochByDecision = new HashMap<>();
    for (Control control : all) {
      assertThat(decisionByEpoch.putIfAbsent(control.epoch(), control.decisionId()))
          .isIn(null, control.decisionId());
      assertThat(epochByDecision.putIfAbsent(control.decisionId(), control.epoch()))
          .isIn(null, control.epoch());
    }
    assertThat(decisionByEpoch.keySet().stream().sorted().toList())
        .as("no epoch is missing")
        .isEqualTo(
            java.util.stream.LongStream.rangeClosed(1, decisionByEpoch.size()).boxed().toList());
  }
}
