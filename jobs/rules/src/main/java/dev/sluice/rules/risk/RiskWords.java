// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import dev.sluice.rules.judge.CriterionState;
import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.RiskInput;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.text.Durations;
import java.util.ArrayList;
import java.util.List;

/** Writes what stands beside a verdict: what is not known, what is not believed, and the audit. */
final class RiskWords {
  /** Lines of inputs in one audit record; a portfolio beyond it is cut, and the reason says so. */
  static final int MAX_INPUTS = 1_000;

  private static final int MAX_NOTES = 4;

  private RiskWords() {}

  /** What a reader of a verdict on this scope must know; empty when all is well. */
  static String notes(RiskScope scope, long clockUs, String believed) {
    List<String> notes = new ArrayList<>();
    if (!believed.isEmpty()) {
      notes.add(believed);
    }
    for (EngineBook engine : scope.engines) {
      if (engine.lastWordUs == 0) {
        notes.add(engine.engineId + " has never spoken");
      } else if (!engine.heard()) {
        notes.add(engine.engineId + " has not said its equity");
      } else if (scope.silent(engine, clockUs)) {
        String span = Durations.format((clockUs - engine.lastWordUs) / 1000);
        notes.add(engine.engineId + " is silent for " + span + ", its last exposure counts");
      }
      if (engine.saidEquity.doubted) {
        notes.add(doubt(engine.engineId + " equity", engine.saidEquity));
      }
      for (SymbolBook book : engine.books) {
        if (book.mark.doubted) {
          notes.add(doubt(engine.engineId + " " + book.symbol, book.mark));
        }
      }
    }
    if (notes.size() > MAX_NOTES) {
      String more = "and " + (notes.size() - MAX_NOTES) + " more";
      notes = new ArrayList<>(notes.subList(0, MAX_NOTES));
      notes.add(more);
    }
    return String.join("; ", notes);
  }

  static String confirmed(String what, TwoOfThree reading) {
    return what + " at " + reading.believed + " is believed: two of three readings agree";
  }

  private static String doubt(String what, TwoOfThree reading) {
    return what
        + " at "
        + reading.newest
        + " is not believed yet: two of three readings must agree, "
        + reading.believed
        + " counts";
  }

  /** The verdict with the notes behind its reason; its identity does not depend on the reason. */
  static Verdict with(Verdict verdict, String notes) {
    if (notes.isEmpty()) {
      return verdict;
    }
    return verdict.because(verdict.evidence().reason() + "; " + notes);
  }

  /** True when the word itself is another, and not merely said again. */
  static boolean changed(CriterionState before, CriterionState after) {
    return before == null
        || before.guard().outcome() != after.guard().outcome()
        || before.guard().phase() != after.guard().phase()
        || before.guard().action() != after.guard().action()
        || before.guard().episodeStartUs() != after.guard().episodeStartUs();
  }

  /** The audit of one word that was said to these engines. */
  static RiskAudit audit(Verdict verdict, List<String> engines, RiskScope scope, long clockUs) {
    List<RiskInput> inputs = inputs(scope, clockUs);
    String reason = verdict.evidence().reason();
    return new RiskAudit(
        RiskAudit.SCHEMA,
        verdict.verdictId(),
        verdict.criterionId(),
        verdict.criteriaHash(),
        engines,
        verdict.eventTimeUs(),
        weakest(scope),
        verdict.outcome(),
        verdict.phase(),
        verdict.action(),
        verdict.evidence().measured(),
        verdict.evidence().limit(),
        verdict.evidence().unit(),
        inputs,
        inputs.size() < MAX_INPUTS ? reason : reason + "; inputs cut at " + MAX_INPUTS);
  }

  private static List<RiskInput> inputs(RiskScope scope, long clockUs) {
    List<RiskInput> inputs = new ArrayList<>();
    for (EngineBook engine : scope.engines) {
      if (engine.books.isEmpty()) {
        inputs.add(input(engine, null, clockUs));
      }
      for (SymbolBook book : engine.books) {
        inputs.add(input(engine, book, clockUs));
      }
    }
    return inputs.size() <= MAX_INPUTS ? inputs : List.copyOf(inputs.subList(0, MAX_INPUTS));
  }

  private static RiskInput input(EngineBook engine, SymbolBook book, long clockUs) {
    return new RiskInput(
        engine.engineId,
        book == null ? null : book.symbol,
        book == null ? 0 : book.qty,
        book == null || !book.mark.known() ? 0 : book.mark.believed,
        book == null ? 0 : book.markUs,
        engine.equity,
        engine.dayStartEquity,
        engine.peakEquity,
        Math.max(0, clockUs - engine.lastWordUs) / 1000.0);
  }

  private static Source weakest(RiskScope scope) {
    Source weakest = Source.LIVE;
    for (EngineBook engine : scope.engines) {
      weakest = engine.source.compareTo(weakest) < 0 ? engine.source : weakest;
    }
    return weakest;
  }
}
