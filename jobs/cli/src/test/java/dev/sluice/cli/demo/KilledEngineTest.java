// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.cli.process.ChildProcess;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine dies while it is halted, and is started again by somebody in a hurry. */
class KilledEngineTest {
  private static final String SCENARIO =
      """
      name: killed-engine
      description: halted early, resumed late
      start: 2026-01-05T00:00:00Z
      duration: 1h10m
      seed: 5
      engine: mm-1
      ticks_per_second: 2
      symbols: [SIMUSDT]
      faults:
        - {id: breaker, kind: breaker_open, at: 10m, for: 6m,
           expect: [{criterion: breaker-open, action: HALT, due: 5m10s}]}
      commands:
        - {at: 50m, action: RESUME, who: test, why: the venue is back}
      """;

  @Test
  void aRestartedEngineObeysTheStandingHaltBeforeItsFirstOrder(@TempDir Path directory)
      throws Exception {
    Scenario scenario = Scenario.parse(SCENARIO, "killed-engine");
    try (Playground play = new Playground(directory, scenario)) {
      play.startJobs();
      ChildProcess first = play.startEngine();
      await("HALT is effective")
          .atMost(Duration.ofSeconds(180))
          .until(() -> play.observations.told().stream().anyMatch(t -> halted(play, t.control())));
      first.kill();
      assertThat(first.alive()).isFalse();

      ChildProcess second = play.startEngine();
      await("the end of the run")
          .atMost(Duration.ofSeconds(240))
          .until(() -> !second.alive() && play.watermarkMs() >= scenario.durationMs());
      assertThat(second.exitCode()).as(play.lastWords()).isZero();
      Reckoning.Result result = play.reckon();
      assertThat(result.unexpected()).isEmpty();
      assertThat(result.faults()).allSatisfy(row -> assertThat(row.problem()).isNull());
      assertThat(play.observations.sent()).as("runs of the engine").hasSize(2);
      assertThat(ordersWhileHalted(play)).as("orders between HALT and RESUME").isEmpty();
    }
  }

  private static boolean halted(Playground play, Control control) {
    return control.mode() == Mode.HALT
        && play.observations.obeyed().containsKey(control.decisionId());
  }

  private static List<Order> ordersWhileHalted(Playground play) {
    List<Observations.Told> told = play.observations.told();
    long haltedUs = effectiveUs(play, told, Mode.HALT);
    long resumedUs = effectiveUs(play, told, Mode.RUN);
    List<Order> orders = new ArrayList<>();
    try (RecordTail tail =
        new RecordTail(play.bootstrap(), List.of(Topics.ORDERS), RecordTail.From.BEGINNING)) {
      tail.drain(
          record -> {
            try {
              Order order = Json.read(record.value(), Order.class);
              if (order.state() == OrderState.SUBMITTED
                  && order.eventTimeUs() > haltedUs
                  && order.eventTimeUs() < resumedUs) {
                orders.add(order);
              }
            } catch (MalformedException e) {
              throw new AssertionError(e);
            }
          });
    }
    return orders;
  }

  /** Event time at which the last decision for a mode was effective. */
  private static long effectiveUs(Playground play, List<Observations.Told> told, Mode mode) {
    return told.stream()
        .filter(t -> t.control().mode() == mode)
        .map(t -> play.observations.obeyed().get(t.control().decisionId()))
        .reduce((a, b) -> b)
        .orElseThrow()
        .ack()
        .effectiveEventTimeUs();
  }
}
