// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.demo.Observations;
import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.Fault;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.cli.process.ChildProcess;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The engine dies while it is halted, and is started again by somebody in a hurry. */
final class KillEngine implements Fault {
  /** Just after the HALT is due, long before the RESUME. */
  private static final long AT_MS = DrillPlan.HALT_DUE_MS + 10_000;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private long fromUs;
  private long untilUs;
  private double backS;

  @Override
  public String name() {
    return "kill-engine";
  }

  @Override
  public String about() {
    return "the engine is killed while halted and started again; it obeys the standing halt before"
        + " its first order";
  }

  @Override
  public long atMs() {
    return AT_MS;
  }

  @Override
  public void inject(DrillStage stage) throws InterruptedException {
    // only the HALT and the RESUME of this slot are meant
    fromUs = stage.watermarkUs() - DrillPlan.HALT_DUE_MS * 1000;
    untilUs = fromUs + DrillPlan.SLOT_MS * 1000;
    ChildProcess engine = stage.engine();
    long beforeNs = System.nanoTime();
    engine.kill();
    if (engine.alive()) {
      throw new IllegalStateException("the engine survived SIGKILL");
    }
    stage.startEngine();
    int runs = stage.observations().sent().size();
    stage.await(
        "the engine is heard again",
        LIMIT,
        () -> stage.observations().sent().size() > runs || !stage.engine().alive());
    backS = Math.round((System.nanoTime() - beforeNs) / 1e8) / 10.0;
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    long haltedUs = effectiveUs(stage, Mode.HALT);
    long resumedUs = effectiveUs(stage, Mode.RUN);
    long orders = haltedUs < 0 || resumedUs < 0 ? -1 : ordersBetween(stage, haltedUs, resumedUs);
    return List.of(
        DrillCheck.of(
            orders == 0, "no order between HALT and RESUME", "%d orders while halted", orders),
        DrillCheck.of(
            stage.observations().sent().size() >= 2,
            "the engine had two lives",
            "%d runs of the engine",
            stage.observations().sent().size()));
  }

  @Override
  public Map<String, Object> figures() {
    return Map.of("heard_again_s", backS);
  }

  /** Event time at which this slot's decision for a mode was effective, −1 when it never was. */
  private long effectiveUs(DrillStage stage, Mode mode) {
    Map<String, Observations.Obeyed> obeyed = stage.observations().obeyed();
    return stage.observations().told().stream()
        .filter(told -> told.control().mode() == mode)
        .map(told -> obeyed.get(told.control().decisionId()))
        .filter(done -> done != null)
        .mapToLong(done -> done.ack().effectiveEventTimeUs())
        .filter(us -> us >= fromUs && us <= untilUs)
        .max()
        .orElse(-1);
  }

  private static long ordersBetween(DrillStage stage, long haltedUs, long resumedUs) {
    List<Order> orders = new ArrayList<>();
    try (RecordTail tail =
        new RecordTail(stage.bootstrap(), List.of(Topics.ORDERS), RecordTail.From.BEGINNING)) {
      tail.drain(
          record -> {
            try {
              Order order = Json.read(record.value(), Order.class);
              if (order.engineId().equals(DrillPlan.ENGINE)
                  && order.state() == OrderState.SUBMITTED
                  && order.eventTimeUs() > haltedUs
                  && order.eventTimeUs() < resumedUs) {
                orders.add(order);
              }
            } catch (MalformedException e) {
              return; // a dead letter's
            }
          });
    }
    return orders.size();
  }
}
