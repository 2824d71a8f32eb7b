// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import dev.sluice.rules.criterion.Criterion;
import dev.sluice.rules.criterion.Outcome;
import dev.sluice.rules.guard.Guard;
import dev.sluice.rules.guard.GuardSpec;
import dev.sluice.rules.guard.GuardState;
import dev.sluice.rules.guard.Step;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.Scope;
import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The criteria of one family, and the step every judge takes with each of them: outcome, guard,
 * verdict when something changed or a refresh is due.
 */
final class Evaluation {
  /**
   * One criterion that is on, with its guard and the identities of its text and of what it
   * measures.
   */
  record Judged(
      Criterion criterion, GuardSpec guard, String hash, long textId, long measurementId) {
    static Judged of(CriterionSpec spec) {
      String hash = spec.criteriaHash();
      return new Judged(
          new Criterion(spec),
          GuardSpec.of(spec),
          hash,
          Sha256.leading(hash),
          Sha256.leading(Sha256.hex(spec.measurement())));
    }

    /** The state after an evaluation by this text. */
    CriterionState state(GuardState after, long emittedUs) {
      return new CriterionState(after, emittedUs, textId, measurementId);
    }

    CriterionSpec spec() {
      return criterion.spec();
    }

    String key(String scopeKey) {
      return scopeKey.isEmpty() ? spec().id() : spec().id() + "|" + scopeKey;
    }
  }

  private final List<Judged> criteria;
  private final long refreshUs;
  private final String setHash;

  /**
   * @throws IllegalArgumentException when two criteria have one id
   */
  Evaluation(List<CriterionSpec> specs, Family family, long refreshMs) {
    this.criteria =
        specs.stream()
            .filter(spec -> spec.mode() != Enforcement.OFF)
            .filter(spec -> spec.metric().family() == family)
            .map(Judged::of)
            .toList();
    if (criteria.stream().map(judged -> judged.spec().id()).distinct().count() < criteria.size()) {
      throw new IllegalArgumentException("two criteria have one id");
    }
    this.refreshUs = refreshMs * 1000;
    this.setHash =
        Sha256.hex(criteria.stream().map(Judged::hash).collect(Collectors.joining("\n")));
  }

  List<Judged> criteria() {
    return criteria;
  }

  /** The criterion of that id, or null. */
  Judged criterion(String id) {
    for (Judged judged : criteria) {
      if (judged.spec().id().equals(id)) {
        return judged;
      }
    }
    return null;
  }

  /** Identity of the whole set. */
  String setHash() {
    return setHash;
  }

  void evaluate(
      Judged judged,
      Subject subject,
      Supplier<Outcome> judgement,
      CriterionMemory memory,
      List<Verdict> verdicts) {
    evaluate(judged, subject, 0, judgement, memory, verdicts);
  }

  /**
   * One evaluation, which may be of a span of time.
   *
   * @param beganUs when a breach in {@code subject} began, where that was before its time and after
   *     the evaluation before; 0 otherwise
   */
  void evaluate(
      Judged judged,
      Subject subject,
      long beganUs,
      Supplier<Outcome> judgement,
      CriterionMemory memory,
      List<Verdict> verdicts) {
    String key = judged.key(subject.scopeKey());
    CriterionState state = memory.criterion(key);
    GuardState guard = state == null ? GuardState.initial() : state.guard();
    if (subject.atUs() <= guard.lastUs()) {
      return; // judged already, by the other way: heartbeat or bucket
    }
    Outcome outcome = judgement.get();
    GuardState from = guard;
    boolean changed = false;
    if (outcome.breach() && beganUs > guard.lastUs() && beganUs < subject.atUs()) {
      Step began = Guard.step(guard, outcome.until(beganUs), beganUs, judged.guard());
      from = began.state();
      changed = began.changed();
    }
    Step step = Guard.step(from, outcome, subject.atUs(), judged.guard());
    changed |= step.changed();
    long emittedUs = state == null ? 0 : state.emittedUs();
    if (changed || subject.atUs() - emittedUs >= refreshUs) {
      List<InputRange> inputs = changed ? subject.inputs().get() : null;
      verdicts.add(
          Verdicts.of(
              judged.spec(),
              judged.hash(),
              subject.engineId(),
              subject.scopeKey(),
              subject.source(),
              step.state(),
              Verdicts.evidence(judged.spec(), outcome, step.why(), subject.ingestUs(), inputs)));
      emittedUs = subject.atUs();
    }
    memory.putCriterion(key, judged.state(step.state(), emittedUs));
  }

  List<Verdict> byPerson(
      Command command,
      Function<GuardState, Step> move,
      Source source,
      Function<Scope, List<String>> scopeKeys,
      CriterionMemory memory) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Judged judged : criteria) {
      String id = judged.spec().id();
      if (command.criterionId() != null && !command.criterionId().equals(id)) {
        continue;
      }
      for (String scopeKey : scopeKeys.apply(judged.spec().scope())) {
        String key = judged.key(scopeKey);
        CriterionState state = memory.criterion(key);
        if (state == null) {
          continue;
        }
        Step step = move.apply(state.guard());
        memory.putCriterion(key, judged.state(step.state(), state.emittedUs()));
        if (step.changed()) {
          String why = step.why() + " (" + command.who() + ": " + command.why() + ")";
          verdicts.add(
              Verdicts.of(
                  judged.spec(),
                  judged.hash(),
                  command.engineId(),
                  scopeKey,
                  source,
                  step.state(),
                  Verdicts.word(judged.spec(), why)));
        }
      }
    }
    return verdicts;
  }

  /** What is judged on a scope is over: CLEAR for whatever was not. */
  List<Verdict> end(Subject subject, String why, CriterionMemory memory) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Judged judged : criteria) {
      String key = judged.key(subject.scopeKey());
      CriterionState state = memory.criterion(key);
      if (state == null) {
        continue;
      }
      Step step = Guard.end(state.guard(), subject.atUs());
      memory.putCriterion(key, judged.state(step.state(), subject.atUs()));
      if (step.changed()) {
        verdicts.add(
            Verdicts.of(
                judged.spec(),
                judged.hash(),
                subject.engineId(),
                subject.scopeKey(),
                subject.source(),
                step.state(),
                Verdicts.word(judged.spec(), why)));
      }
    }
    return verdicts;
  }

  /** True while a critical criterion that asks for HALT or FLATTEN is in breach right now. */
  boolean refusesResume(Function<Scope, List<String>> scopeKeys, CriterionMemory memory) {
    for (Judged judged : criteria) {
      for (String scopeKey : scopeKeys.apply(judged.spec().scope())) {
        CriterionState state = memory.criterion(judged.key(scopeKey));
        if (state != null && hardBreach(judged.spec(), state.guard())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hardBreach(CriterionSpec spec, GuardState guard) {
    return spec.mode() == Enforcement.ENFORCE
        && spec.severity() == Severity.CRITICAL
        && guard.outcome() == VerdictOutcome.BREACH
        && guard.acting()
        && guard.action().mode().needsPerson();
  }
}
