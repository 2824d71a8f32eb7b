// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.rules.judge.ShippedCriteria;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.FindingStatus;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Plays tapes to a reconciler and remembers what it says. */
final class ReconcileRun {
  static final ReconcileRules RULES =
      new ReconcileRules(
          10_000_000,
          5_000_000,
          5_000_000,
          3,
          2,
          10_000_000,
          1_800_000_000,
          1,
          tolerance("0.0000001", "0"),
          Map.of("USDT", tolerance("0.01", "0")),
          List.of("USDT"),
          Map.of(),
          new Tolerance(BigDecimal.ZERO, BigDecimal.ZERO, 0.25, 0.45),
          0.00002,
          600_000_000,
          1_000_000,
          30_000_000,
          20_000_000,
          20_000_000,
          100_000,
          10_000,
          20_000,
          1_000);

  final HeapReconcileMemory memory = new HeapReconcileMemory();
  final List<Finding> findings = new ArrayList<>();
  final List<Drift> drifts = new ArrayList<>();
  final List<Verdict> verdicts = new ArrayList<>();
  private final Reconciler reconciler;

  ReconcileRun() {
    this(RULES);
  }

  ReconcileRun(ReconcileRules rules) {
    this(rules, ShippedCriteria.all());
  }

  ReconcileRun(ReconcileRules rules, List<CriterionSpec> criteria) {
    this.reconciler = new Reconciler(rules, criteria, 60_000);
  }

  static Tolerance tolerance(String abs, String rel) {
    return new Tolerance(new BigDecimal(abs), new BigDecimal(rel), 0.10, 0.20);
  }

  /** In the order of time, with a word of time each second. */
  ReconcileRun play(BookTape tape, double untilSeconds) {
    return play(tape.until(untilSeconds), untilSeconds);
  }

  ReconcileRun play(List<EngineEvent> events, double untilSeconds) {
    long wordUs = 0;
    for (EngineEvent event : events) {
      long atUs = EventOrder.timeUs(event);
      if (atUs / 1_000_000 > wordUs / 1_000_000) {
        wordUs = atUs / 1_000_000 * 1_000_000;
        until(wordUs, wordUs);
      }
      take(event);
    }
    return until(BookTape.us(untilSeconds), BookTape.us(untilSeconds));
  }

  /** Streams in any order among each other, and words of time as they become true. */
  ReconcileRun shuffled(List<EngineEvent> events, double untilSeconds, Random random) {
    Map<String, List<EngineEvent>> streams = new TreeMap<>();
    for (EngineEvent event : events) {
      streams.computeIfAbsent(stream(event), name -> new ArrayList<>()).add(event);
    }
    Map<String, Integer> told = new TreeMap<>();
    streams.keySet().forEach(name -> told.put(name, 0));
    List<String> names = new ArrayList<>(streams.keySet());
    long endUs = BookTape.us(untilSeconds);
    while (!names.isEmpty()) {
      String name = names.get(random.nextInt(names.size()));
      for (int run = random.nextInt(40); run >= 0 && names.contains(name); run--) {
        take(streams.get(name).get(told.merge(name, 1, Integer::sum) - 1));
        if (told.get(name) == streams.get(name).size()) {
          names.remove(name);
        }
      }
      if (random.nextInt(3) == 0) {
        long engineUs = untilUs(streams, told, false, endUs);
        long venueUs = untilUs(streams, told, true, endUs);
        until(Math.min(engineUs, venueUs + 20_000_000), venueUs);
      }
    }
    return until(endUs, endUs);
  }

  private static long untilUs(
      Map<String, List<EngineEvent>> streams,
      Map<String, Integer> told,
      boolean venue,
      long endUs) {
    long untilUs = endUs;
    for (var stream : streams.entrySet()) {
      if (stream.getKey().startsWith("venue") == venue) {
        int next = told.get(stream.getKey());
        if (next < stream.getValue().size()) {
          untilUs = Math.min(untilUs, EventOrder.timeUs(stream.getValue().get(next)));
        }
      }
    }
    return untilUs;
  }

  private static String stream(EngineEvent event) {
    if (event.dropCopy() != null) {
      return "venue-drop-copy";
    } else if (event.ledger() != null) {
      return event.ledger().book() == Book.VENUE ? "venue-ledger" : "ledger";
    } else if (event.order() != null) {
      return "orders";
    }
    return event.fill() != null ? "fills" : "health";
  }

  ReconcileRun until(long engineUs, long venueUs) {
    return take(EngineEvent.until(BookTape.ENGINE, engineUs, venueUs, Source.SIMULATED, 7));
  }

  ReconcileRun take(EngineEvent event) {
    Reconciled said = reconciler.event(event, memory);
    findings.addAll(said.findings());
    drifts.addAll(said.drifts());
    verdicts.addAll(said.verdicts());
    return this;
  }

  static EngineEvent command(CommandAction action, String criterionId, double at) {
    return EngineEvent.of(
        new Command(
            Command.SCHEMA,
            "c-" + at,
            BookTape.ENGINE,
            "ann",
            "checked",
            action,
            "engine",
            criterionId,
            BookTape.us(at),
            null),
        Source.SIMULATED);
  }

  /** As {@code 40s CONFIRMED MISSING_AT_ENGINE fill=f CRITICAL}. */
  List<String> told() {
    return findings.stream()
        .map(
            f ->
                (f.eventTimeUs() - BookTape.START_US) / 1_000_000
                    + "s "
                    + f.status()
                    + " "
                    + f.kind()
                    + " "
                    + f.subject()
                    + " "
                    + f.severity())
        .toList();
  }

  List<Finding> of(FindingKind kind, FindingStatus status) {
    return findings.stream().filter(f -> f.kind() == kind && f.status() == status).toList();
  }

  List<Verdict> of(String criterionId) {
    return verdicts.stream().filter(v -> v.criterionId().equals(criterionId)).toList();
  }
}
