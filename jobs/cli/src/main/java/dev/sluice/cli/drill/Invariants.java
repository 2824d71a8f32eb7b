// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.demo.Expected;
import dev.sluice.cli.demo.FaultResult;
import dev.sluice.cli.demo.FindingReckoning;
import dev.sluice.cli.demo.FindingResult;
import dev.sluice.cli.demo.Observations;
import dev.sluice.cli.demo.Reckoning;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.cli.verify.ManifestCheck;
import dev.sluice.cli.verify.Span;
import dev.sluice.cli.verify.Verification;
import dev.sluice.cli.verify.Verifier;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.rules.completeness.CompletenessCheck;
import dev.sluice.rules.completeness.CompletenessSettings;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What must hold after every run, whatever went wrong in it. Read when only the broker runs. */
final class Invariants {
  private static final long COVERED_SLACK_MS = 60_000;

  private final DrillStage stage;
  private final DrillPlan plan;

  Invariants(DrillStage stage, DrillPlan plan) {
    this.stage = stage;
    this.plan = plan;
  }

  List<DrillCheck> check() {
    List<DrillCheck> checks = new ArrayList<>();
    checks.add(decisionsAsExpected());
    checks.add(findingsAsExpected());
    checks.add(nothingDropped());
    checks.add(restarts());
    List<Control> control = new ArrayList<>();
    List<Ack> acks = new ArrayList<>();
    Set<String> heard = new HashSet<>();
    read(
        Topics.ACKS,
        Ack.class,
        (ack, ms) -> {
          if (ack.engineId().equals(DrillPlan.ENGINE) && heard.add(ack.runId() + ack.seq())) {
            acks.add(ack);
          }
        });
    checks.add(leases());
    try (Datasets datasets = new Datasets(stage.datasets())) {
      control.addAll(StoredControl.of(datasets, DrillPlan.ENGINE));
      checks.add(DecisionChain.of(control, stage.observations().doubled()));
      checks.add(EffectOnce.of(acks, control));
      checks.addAll(DatasetEquality.of(stage.bootstrap(), datasets));
      checks.add(StoredJudgements.of(datasets));
    }
    checks.add(verified());
    return checks;
  }

  private DrillCheck decisionsAsExpected() {
    Scenario scenario = stage.scenario();
    Observations seen = stage.observations();
    Reckoning.Result result =
        Reckoning.of(
            scenario,
            scenario.startUs(),
            Expected.of(scenario, scenario.startUs(), Map.of()),
            seen.told(),
            seen.obeyed(),
            seen.verdicts(),
            stage.operator().sentIds(),
            new HashMap<>(seen.healthAppendedMs())::get);
    List<String> problems = new ArrayList<>();
    for (FaultResult row : result.faults()) {
      if (!row.ok()) {
        problems.add(row.id() + " " + row.expectedAction() + ": " + row.problem());
      }
    }
    result.unexpected().forEach(line -> problems.add("unexpected: " + line));
    if (stage.operator().waiting() > 0) {
      problems.add(stage.operator().waiting() + " commands were never sent");
    }
    long halts = result.faults().stream().filter(row -> row.dueUs() != null).count();
    return problems.isEmpty()
        ? DrillCheck.pass(
            "every expected decision when due and EFFECTIVE, and no other",
            "%d of %d, within one bucket",
            halts,
            halts)
        : new DrillCheck(
            "every expected decision when due and EFFECTIVE, and no other",
            false,
            String.join("; ", problems));
  }

  private DrillCheck findingsAsExpected() {
    FindingReckoning.Result result =
        FindingReckoning.of(stage.scenario(), stage.scenario().startUs(), stage.seen().findings());
    List<String> problems = new ArrayList<>(result.unexpected());
    for (FindingResult row : result.rows()) {
      if (!row.ok()) {
        problems.add(row.id() + " " + row.expected() + ": " + row.problem());
      }
    }
    return DrillCheck.of(
        problems.isEmpty(),
        "every expected finding once, and no other",
        "%s",
        problems.isEmpty() ? result.rows().size() + " expected" : String.join("; ", problems));
  }

  private DrillCheck nothingDropped() {
    long dropped = stage.observations().droppedEvents();
    return DrillCheck.of(dropped == 0, "the engine drops nothing", "%,d events dropped", dropped);
  }

  private DrillCheck restarts() {
    List<String> failures = stage.judge().failures();
    int planned = plan.plannedRestarts();
    return DrillCheck.of(
        failures.size() <= planned,
        "the jobs are restarted only where planned",
        "%d restarts, at most %d planned%s",
        failures.size(),
        planned,
        failures.isEmpty() ? "" : ": " + String.join("; ", failures));
  }

  private DrillCheck leases() {
    List<Long> quotesMs = new ArrayList<>();
    Set<String> heard = new HashSet<>();
    read(
        Topics.ORDERS,
        Order.class,
        (order, appendedMs) -> {
          if (order.engineId().equals(DrillPlan.ENGINE)
              && order.state() == OrderState.SUBMITTED
              && order.purpose() == Purpose.QUOTE
              && heard.add(order.runId() + order.seq())) {
            quotesMs.add(appendedMs);
          }
        });
    return LeaseSafety.of(
        stage.observations().leasesAppendedMs(),
        quotesMs,
        EngineLine.of(stage.engineLines()),
        stage.outages());
  }

  private DrillCheck verified() {
    long coveredMs =
        plan.gaps() ? 0 : Math.max(0, stage.scenario().durationMs() - COVERED_SLACK_MS);
    Verification found =
        Verifier.verify(
            stage.datasets(),
            stage.datasets().toString(),
            Span.ALL,
            new CompletenessSettings(plan.lostRecords(), 0, coveredMs),
            ManifestCheck.Result.NONE,
            step -> {});
    List<CompletenessCheck> asked = found.checks().stream().filter(this::asked).toList();
    List<String> failed =
        asked.stream().filter(check -> !check.ok()).map(CompletenessCheck::reason).toList();
    return DrillCheck.of(
        failed.isEmpty() && !asked.isEmpty(),
        "datasets complete",
        "%s",
        failed.isEmpty() ? asked.size() + " checks of verify passed" : String.join("; ", failed));
  }

  /** An engine that a fault plays for a while need not cover the whole run. */
  private boolean asked(CompletenessCheck check) {
    return !check.name().equals("covered") || check.subject().equals(DrillPlan.ENGINE);
  }

  private <T extends Record> void read(String topic, Class<T> type, BiConsumer<T, Long> handler) {
    try (RecordTail tail =
        new RecordTail(stage.bootstrap(), List.of(topic), RecordTail.From.BEGINNING)) {
      tail.drain(
          record -> {
            try {
              handler.accept(Json.read(record.value(), type), record.timestamp());
            } catch (MalformedException e) {
              return; // a dead letter's
            }
          });
    }
  }
}
