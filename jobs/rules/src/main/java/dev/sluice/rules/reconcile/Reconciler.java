// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.rules.judge.InstantJudge;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Reconciles one engine with its venue, once per bucket of event time. Events are kept until both
 * sides have told everything before the end of a bucket, and are then taken in the order of their
 * times: what comes out does not depend on the order of arrival. Holds no state of its own; all it
 * remembers is in the {@link ReconcileMemory}. Not thread-safe.
 */
public final class Reconciler {
  /** Longest run of evaluations at once; of a longer leap in time only the end is judged. */
  static final int MAX_EVALUATIONS = 8_640;

  /** A command stamped this far ahead of the engine's time was stamped by another clock. */
  private static final long OTHER_CLOCK_US = 60_000_000;

  private final ReconcileRules rules;
  private final InstantJudge judge;
  private final Evaluator evaluator;

  /**
   * @param criteria of any family; those of reconciliation are judged
   * @param refreshMs a verdict that did not change is said again after this much event time
   */
  public Reconciler(ReconcileRules rules, List<CriterionSpec> criteria, long refreshMs) {
    this.rules = rules;
    this.judge = new InstantJudge(criteria, Family.RECONCILIATION, refreshMs);
    this.evaluator = new Evaluator(rules, judge);
  }

  /** Takes one event; a word of time may lead to evaluations. */
  public Reconciled event(EngineEvent event, ReconcileMemory memory) {
    if (event.time()) {
      return advance(event, memory);
    }
    if (memory.waitingCount() >= rules.maxWaiting()) {
      return Reconciled.REFUSED;
    }
    memory.keep(event);
    return Reconciled.NOTHING;
  }

  private Reconciled advance(EngineEvent time, ReconcileMemory memory) {
    BookState books = memory.books() == null ? new BookState() : memory.books();
    long dueUs = rules.startOf(dueUs(time));
    if (books.judgedUntilUs > 0 && dueUs <= books.judgedUntilUs) {
      return Reconciled.NOTHING;
    }
    List<EngineEvent> waiting = new ArrayList<>(memory.waiting());
    waiting.sort(EventOrder.BY_TIME);
    if (books.judgedUntilUs == 0) {
      books.judgedUntilUs = firstStartUs(waiting, dueUs);
    }
    if (dueUs <= books.judgedUntilUs) {
      return Reconciled.NOTHING;
    }
    return evaluate(time, dueUs, books, waiting, memory);
  }

  private Reconciled evaluate(
      EngineEvent time,
      long dueUs,
      BookState books,
      List<EngineEvent> waiting,
      ReconcileMemory memory) {
    ReconcileCounts before = ReconcileCounts.of(books);
    List<Finding> findings = new ArrayList<>();
    List<Drift> drifts = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    long firstUs = dueUs - (MAX_EVALUATIONS - 1) * rules.widthUs();
    long endUs = Math.max(books.judgedUntilUs + rules.widthUs(), firstUs);
    List<EngineEvent> otherClock = commandsOfOtherClocks(waiting, time.engineUntilUs());
    int next = 0;
    for (; endUs <= dueUs; endUs += rules.widthUs()) {
      List<EngineEvent> bucket = new ArrayList<>(otherClock);
      otherClock.clear();
      while (next < waiting.size() && EventOrder.timeUs(waiting.get(next)) < endUs) {
        bucket.add(waiting.get(next++));
      }
      boolean venueKnown = time.venueUntilUs() >= endUs;
      Evaluator.Said said = evaluator.evaluate(books, time, endUs, venueKnown, bucket, memory);
      findings.addAll(said.findings());
      drifts.add(said.drift());
      verdicts.addAll(said.verdicts());
      verdicts.add(
          judge.progress("reconciliation", time.engineId(), endUs, books.source, time.ingestUs()));
      books.judgedUntilUs = endUs;
    }
    memory.keepOnly(new ArrayList<>(waiting.subList(next, waiting.size())));
    memory.putBooks(books);
    ReconcileCounts counts = ReconcileCounts.of(books).since(before);
    return new Reconciled(findings, drifts, verdicts, counts, false);
  }

  /** Takes out the commands whose clock is not the engine's: they are obeyed at once. */
  private static List<EngineEvent> commandsOfOtherClocks(
      List<EngineEvent> waiting, long engineUntilUs) {
    List<EngineEvent> commands =
        waiting.stream()
            .filter(event -> event.command() != null)
            .filter(event -> event.command().issuedAtUs() > engineUntilUs + OTHER_CLOCK_US)
            .toList();
    waiting.removeAll(commands);
    return new ArrayList<>(commands);
  }

  /** Both sides have told everything before this; or the engine has, and the venue is silent. */
  private long dueUs(EngineEvent time) {
    boolean silent = time.engineUntilUs() - time.venueUntilUs() > rules.venueLagUs();
    return silent ? time.engineUntilUs() : Math.min(time.engineUntilUs(), time.venueUntilUs());
  }

  /** Nothing was before the first event. */
  private long firstStartUs(List<EngineEvent> waiting, long dueUs) {
    for (EngineEvent event : waiting) {
      if (event.command() == null) {
        return Math.min(rules.startOf(EventOrder.timeUs(event)), dueUs);
      }
    }
    return dueUs;
  }
}
