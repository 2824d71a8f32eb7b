// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What must hold after every schedule. Each method names what is broken, or says nothing. */
final class Invariants {
  private final World world;
  private final Oracle oracle;
  private final boolean commanded;
  private final List<String> broken = new ArrayList<>();

  private Invariants(World world, Oracle oracle, boolean commanded) {
    this.world = world;
    this.oracle = oracle;
    this.commanded = commanded;
  }

  /** Before any RESUME: everything the oracle says was said, and nothing else. */
  static List<String> afterTheSchedule(Simulation simulation) {
    Invariants check =
        new Invariants(simulation.world, Oracle.of(simulation.world), simulation.commanded);
    check.bucketsAreTheOraclesEachOnce();
    check.nothingIsLate();
    check.gapsAndDuplicatesAreCounted();
    check.lettersAreTheOracles();
    check.verdictsAreTheOracles();
    check.decisionsAreTheOracles();
    check.everyEngineObeys();
    check.epochsRise();
    check.nobodyIsBlamedForWhatItDid();
    return check.broken;
  }

  /** After every engine was resumed: all run, under the newest record. */
  static List<String> afterResume(Simulation simulation) {
    List<String> broken = new ArrayList<>();
    for (SimulatedEngine engine : simulation.world.engines) {
      if (engine.mode() != Mode.RUN) {
        broken.add(engine.engineId + " was resumed and is in " + engine.mode());
      }
    }
    return broken;
  }

  private void bucketsAreTheOraclesEachOnce() {
    Map<String, String> expected = new TreeMap<>();
    oracle.buckets.forEach(
        bucket -> expected.put(Differences.identity(bucket), Differences.content(bucket)));
    Map<String, String> said = new TreeMap<>();
    Map<String, Integer> times = new HashMap<>();
    for (Bucket bucket : world.buckets) {
      String before = said.put(Differences.identity(bucket), Differences.content(bucket));
      if (before != null && !before.equals(Differences.content(bucket))) {
        broken.add(
            "bucket "
                + Differences.identity(bucket)
                + " then "
                + Differences.changes(before, Differences.content(bucket)));
      }
      if (times.merge(Differences.identity(bucket), 1, Integer::sum) > 1 + world.restores()) {
        broken.add("a bucket was closed twice in one life: " + Differences.identity(bucket));
      }
    }
    broken.addAll(Differences.between("bucket", expected, said));
  }

  private void nothingIsLate() {
    long late = world.buckets.stream().mapToLong(Bucket::late).sum();
    if (late > 0 || !world.amendments.isEmpty()) {
      broken.add(late + " late events, " + world.amendments.size() + " amendments");
    }
  }

  /** The numbers of each stream say what is missing and what came twice. */
  private void gapsAndDuplicatesAreCounted() {
    long gaps = 0;
    long duplicates = 0;
    for (EngineTopics topics : world.topics) {
      Map<String, Set<Long>> seen = new LinkedHashMap<>();
      for (EngineTopics.Sent sent : topics.sent) {
        Set<Long> numbers =
            seen.computeIfAbsent(sent.topic() + sent.runId(), key -> new HashSet<>());
        if (!numbers.add(sent.seq())) {
          duplicates++;
        }
      }
      for (Set<Long> numbers : seen.values()) {
        gaps += numbers.stream().mapToLong(Long::longValue).max().orElse(0) - numbers.size();
      }
    }
    Map<String, Bucket> each = new LinkedHashMap<>();
    world.buckets.stream()
        .filter(Bucket::wholeEngine)
        .forEach(bucket -> each.put(Differences.identity(bucket), bucket));
    long countedGaps = each.values().stream().mapToLong(Bucket::seqGaps).sum();
    long countedDuplicates = each.values().stream().mapToLong(Bucket::duplicates).sum();
    if (countedGaps != gaps || countedDuplicates != duplicates) {
      broken.add(
          "%d gaps and %d duplicates counted, there were %d and %d"
              .formatted(countedGaps, countedDuplicates, gaps, duplicates));
    }
  }

  private void lettersAreTheOracles() {
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> said = new TreeMap<>();
    oracle.letters.forEach(letter -> expected.put(Differences.place(letter), letter.reason()));
    world.letters.forEach(letter -> said.put(Differences.place(letter), letter.reason()));
    broken.addAll(Differences.between("dead letter", expected, said));
  }

  private void verdictsAreTheOracles() {
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> said = new TreeMap<>();
    for (Verdict verdict : oracle.verdicts) {
      if (comparable(verdict)) {
        expected.put(verdict.verdictId(), Differences.content(verdict));
      }
    }
    for (Verdict verdict : world.verdicts) {
      if (!comparable(verdict)) {
        continue;
      }
      String before = said.put(verdict.verdictId(), Differences.content(verdict));
      if (before != null && !before.equals(Differences.content(verdict))) {
        broken.add(
            "verdict "
                + verdict.verdictId()
                + " then "
                + Differences.changes(before, Differences.content(verdict)));
      }
    }
    broken.addAll(Differences.between("verdict", expected, said));
  }

  /**
   * Whether a word on a heartbeat is said again, or that there is none, depends through a silence
   * on whether the silence was proven before its end was read; a breach does not.
   */
  private boolean comparable(Verdict verdict) {
    int engine = JudgeGraph.ENGINES.indexOf(verdict.engineId());
    boolean clear = verdict.outcome() != VerdictOutcome.BREACH && verdict.phase() == Phase.CLEAR;
    return !(clear && verdict.criterionId().equals("breaker") && world.plans.get(engine).crashes());
  }

  /**
   * Every decision of the oracle's gate was published; others are answers to a person or to an
   * engine. After a person's word a criterion's may need no decision of its own; and where a word
   * on a heartbeat and one on a window come at one time by two ways, the weaker may or may not.
   * Then only the mode at the end is compared.
   */
  private void decisionsAreTheOracles() {
    for (SimulatedEngine engine : world.engines) {
      List<Control> published = world.controlOf(engine);
      Set<String> expected =
          oracle.decisions.get(engine.engineId).stream()
              .map(Control::decisionId)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      Set<String> said =
          published.stream()
              .map(Control::decisionId)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      boolean raised = raisedByTheGate(published);
      boolean race = world.plans.get(world.engines.indexOf(engine)).breakerOpens();
      if (!commanded && !raised && !race && !said.equals(expected)) {
        broken.add(engine.engineId + " decisions " + said + ", expected " + expected);
      }
      Mode ends = published.isEmpty() ? Mode.RUN : published.get(published.size() - 1).mode();
      Mode must = oracle.mode(engine.engineId);
      if (raised ? ends.compareTo(must) < 0 : ends != must) {
        broken.add(engine.engineId + " ends told " + ends + ", expected " + must);
      }
    }
  }

  private static boolean raisedByTheGate(List<Control> published) {
    return published.stream()
        .anyMatch(
            control ->
                control.cause().stream().anyMatch(cause -> cause.criterionId().equals("gate.ack")));
  }

  /** The newest record is in force and confirmed, or the engine does not run. */
  private void everyEngineObeys() {
    for (SimulatedEngine engine : world.engines) {
      List<Control> published = world.controlOf(engine);
      if (published.isEmpty()) {
        if (engine.mode() != Mode.RUN) {
          broken.add(engine.engineId + " was told nothing and is in " + engine.mode());
        }
        continue;
      }
      Control last = published.get(published.size() - 1);
      boolean inForce =
          engine.lastApplied().decisionId().equals(last.decisionId())
              && engine.lastApplied().mode() == last.mode();
      boolean obeys = inForce && engine.effective(last);
      if (!obeys && engine.mode() == Mode.RUN) {
        broken.add(engine.engineId + " runs and has not made effective " + last);
      }
      if (!obeys) {
        broken.add(engine.engineId + " holds " + engine.lastApplied() + ", last told " + last);
      }
    }
  }

  /** Epochs rise at the engine, and no decision changes its mode twice. */
  private void epochsRise() {
    for (SimulatedEngine engine : world.engines) {
      long epoch = 0;
      Mode mode = Mode.RUN;
      Set<String> effects = new HashSet<>();
      for (SimulatedEngine.Applied each : engine.applied) {
        if (each.epoch() <= epoch) {
          broken.add(engine.engineId + " applied epoch " + each.epoch() + " after " + epoch);
        }
        if (each.mode() != mode && !effects.add(each.decisionId())) {
          broken.add(engine.engineId + " did twice " + each);
        }
        epoch = each.epoch();
        mode = each.mode();
      }
    }
  }

  /** Nobody is called disobedient whose EFFECTIVE had been in the topic for long. */
  private void nobodyIsBlamedForWhatItDid() {
    for (int i = 0; i < world.gateVerdicts.size(); i++) {
      Verdict verdict = world.gateVerdicts.get(i);
      long atMs = world.gateVerdictsAtMs.get(i);
      if (!verdict.criterionId().equals("gate.ack")
          || !verdict.evidence().reason().contains("not EFFECTIVE")) {
        continue;
      }
      SimulatedEngine engine =
          world.engines.stream()
              .filter(each -> each.engineId.equals(verdict.engineId()))
              .findFirst()
              .orElseThrow();
      Control told = null;
      for (Partition.Entry entry : world.control.get(engine.engineId).entries) {
        if (entry.appendedMs() < atMs) {
          told = (Control) entry.value();
        }
      }
      if (told != null
          && engine.effectiveBefore(told, atMs - JudgeGraph.GATE.effectiveWithinMs())) {
        broken.add(engine.engineId + " was blamed for " + told + " which it has done");
      }
    }
  }
}
