// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import dev.sluice.rules.judge.InstantJudge;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges all engines of a roster together, on each message as it arrives: no watermark is waited
 * for. One verdict per criterion and engine it names (scope key {@value #SCOPE_KEY}), fed by the
 * same measurement; the guards are kept per engine, so that a person's RESUME of one engine does
 * not speak for another.
 *
 * <p>What is not known is not made up: while an engine is silent, or has not spoken yet, its last
 * exposure counts, and a criterion is BREACH if what is known breaches and NO_DATA otherwise.
 *
 * <p>A change of word is said by the very message that makes it. A word that stays the same is
 * evaluated again a second of event time later while a guard waits for something, and for the
 * refresh. Not thread-safe; {@link #snapshot()} is all it remembers.
 */
public final class PortfolioJudge {
  /** Scope key of every verdict of a portfolio. */
  public static final String SCOPE_KEY = "portfolio";

  /** Name of this judge in its progress markers. */
  public static final String NAME = "risk";

  private final RiskSettings settings;
  private final RiskOutput output;
  private final PortfolioState state;
  private final PortfolioBooks books;
  private final InstantJudge all;
  private final Map<String, RiskMemory> memories = new HashMap<>();
  private final List<PortfolioCriterion> criteria = new ArrayList<>();
  private String believed = "";

  /**
   * A judge that goes on from what another remembered.
   *
   * @param roster every engine of the portfolio; what is of others is counted and dropped
   * @param specs criteria; those of other families are left to their judges
   * @param refreshMs a verdict that did not change is said again after this much event time
   * @param before a {@link #snapshot()}, or a new state; taken over, not copied. Engines that are
   *     no longer on the roster are forgotten
   * @throws IllegalArgumentException when the roster is empty or a criterion names an engine that
   *     is not on it
   */
  public PortfolioJudge(
      RiskSettings settings,
      List<String> roster,
      List<CriterionSpec> specs,
      long refreshMs,
      PortfolioState before,
      RiskOutput output) {
    if (roster.isEmpty()) {
      throw new IllegalArgumentException("a portfolio needs a roster: who is missing is a finding");
    }
    this.settings = settings;
    this.output = output;
    this.state = before;
    this.books = new PortfolioBooks(settings, roster, before);
    this.all = new InstantJudge(specs, Family.PORTFOLIO, refreshMs);
    roster.forEach(engineId -> memories.put(engineId, new RiskMemory()));
    for (CriterionSpec spec : all.criteria()) {
      RiskScope scope = books.scopeOf(spec);
      criteria.add(new PortfolioCriterion(spec, refreshMs, scope, memories, output));
    }
    restoreWords();
  }

  /** Checks roster and criteria without making anything. */
  public static void check(
      RiskSettings settings, List<String> roster, List<CriterionSpec> specs, long refreshMs) {
    new PortfolioJudge(settings, roster, specs, refreshMs, new PortfolioState(), null);
  }

  /** Takes an accepted event. */
  public void event(RiskEvent event) {
    if (event.mark() != null) {
      mark(event.mark());
    } else if (event.trade() != null) {
      trade(event.trade());
    } else {
      health(event.health(), event.ingestUs());
    }
  }

  /** Takes a mark. */
  public void mark(Mark mark) {
    EngineBook engine = engine(mark.engineId());
    SymbolBook book = engine == null ? null : book(engine, mark.symbol());
    if (book == null) {
      return;
    }
    engine.spoke(mark.eventTimeUs());
    if (mark.eventTimeUs() < book.markUs) {
      output.count(RiskOutput.Count.STALE_MARKS);
      return;
    }
    book.markUs = mark.eventTimeUs();
    if (seen(book.mark.offer(mark.mid(), settings.jumpRatio()))) {
      note(engine.engineId, book.symbol, book.mark);
    }
    if (!book.mark.doubted) {
      books.prices(book).offer(mark.mid(), mark.eventTimeUs());
      engine.reckon();
    }
    judge(engine, mark.eventTimeUs(), mark.ingestUs());
  }

  /** Takes a trade. */
  public void trade(Trade trade) {
    EngineBook engine = engine(trade.engineId());
    SymbolBook book = engine == null ? null : book(engine, trade.symbol());
    if (book == null) {
      return;
    }
    engine.spoke(trade.eventTimeUs());
    if (!book.trade(trade)) {
      output.count(RiskOutput.Count.POSITION_CORRECTIONS);
    }
    engine.reckon();
    judge(engine, trade.eventTimeUs(), trade.ingestUs());
  }

  /**
   * Takes a heartbeat.
   *
   * @param ingestUs its Kafka append time, 0 when unknown
   */
  public void health(Health health, long ingestUs) {
    EngineBook engine = engine(health.engineId());
    if (engine == null) {
      return;
    }
    if (seen(engine.health(health, settings.jumpRatio()))) {
      note(engine.engineId, "equity", engine.saidEquity);
    }
    judge(engine, health.eventTimeUs(), ingestUs);
    progress(engine, 0);
  }

  /** Takes a closed bucket: of the whole engine it is the clock, others say nothing here. */
  public void bucket(Bucket bucket) {
    EngineBook engine = bucket.wholeEngine() ? engine(bucket.engineId()) : null;
    if (engine == null || bucket.endUs() <= engine.closedUs) {
      return;
    }
    engine.closedUs = bucket.endUs();
    engine.spoke(bucket.lastEventEverUs());
    if (!engine.heard()) {
      engine.source = bucket.source();
    }
    boolean later = bucket.endUs() > state.clockUs;
    state.clockUs = Math.max(state.clockUs, bucket.endUs());
    for (RiskScope scope : books.scopes) {
      scope.reckon(state.clockUs);
      if (later) {
        scope.reckonValueAtRisk(state.clockUs);
      }
    }
    evaluate(null, bucket.endUs(), bucket.closedIngestUs());
    Waiting next = new Waiting(bucket.endUs(), bucket.lastHealthUs(), bucket.closedIngestUs());
    engine.waiting.add(next);
    progress(engine, engine.waiting.size() - settings.maxWaiting());
  }

  /**
   * A person's word about one engine: RESUME and ACKNOWLEDGE concern that engine's guards. RESUME
   * is refused while the portfolio breaches a critical criterion that asks for HALT or FLATTEN.
   */
  public void command(Command command) {
    EngineBook engine = engine(command.engineId());
    if (engine == null) {
      return;
    }
    RiskMemory memory = memories.get(engine.engineId);
    List<String> keys = List.of(SCOPE_KEY);
    for (Verdict verdict : all.command(command, engine.source, keys, memory)) {
      output.verdict(verdict);
      for (PortfolioCriterion criterion : criteria) {
        if (criterion.spec.id().equals(verdict.criterionId())) {
          criterion.hurry();
          List<String> told = List.of(engine.engineId);
          output.audit(RiskWords.audit(verdict, told, criterion.scope, state.clockUs));
        }
      }
    }
  }

  /** All that must survive a restart. */
  public PortfolioState snapshot() {
    state.words.clear();
    memories.forEach(
        (engineId, memory) ->
            memory
                .states()
                .forEach(
                    (key, word) -> state.words.add(new PortfolioState.Word(engineId, key, word))));
    state.paces.clear();
    criteria.forEach(criterion -> state.paces.add(criterion.pace()));
    state.sums.clear();
    books.scopes.forEach(scope -> state.sums.add(scope.sums()));
    return state;
  }

  private void judge(EngineBook engine, long eventTimeUs, long ingestUs) {
    for (int i = 0; i < books.scopes.size(); i++) {
      RiskScope scope = books.scopes.get(i);
      if (scope.engines.contains(engine)) {
        scope.reckon(state.clockUs);
      }
    }
    evaluate(engine, eventTimeUs, ingestUs);
  }

  /** Evaluates the criteria that name the engine, or all of them. */
  private void evaluate(EngineBook engine, long eventTimeUs, long ingestUs) {
    long atUs = Math.max(eventTimeUs, state.judgedUs + 1);
    state.judgedUs = atUs;
    for (int i = 0; i < criteria.size(); i++) {
      PortfolioCriterion criterion = criteria.get(i);
      if (engine == null || criterion.scope.engines.contains(engine)) {
        criterion.evaluate(atUs, ingestUs, state.clockUs, believed);
      }
    }
    believed = "";
  }

  /** Says the progress whose heartbeats are here, and in any case the {@code atLeast} oldest. */
  private void progress(EngineBook engine, int atLeast) {
    int said = 0;
    while (said < engine.waiting.size()) {
      Waiting next = engine.waiting.get(said);
      boolean witnessed = next.healthUs() <= engine.healthUs;
      if (!witnessed && said >= atLeast) {
        break;
      }
      if (!witnessed) {
        output.count(RiskOutput.Count.UNWITNESSED_PROGRESS);
      }
      output.verdict(
          all.progress(NAME, engine.engineId, next.untilUs(), engine.source, next.ingestUs()));
      said++;
    }
    engine.waiting.subList(0, said).clear();
  }

  /** Counts a reading that is not believed; true when one that had jumped now is. */
  private boolean seen(TwoOfThree.Finding finding) {
    return switch (finding) {
      case PLAUSIBLE -> false;
      case CONFIRMED -> true;
      case SUSPECT -> {
        output.count(RiskOutput.Count.IMPLAUSIBLE_JUMPS);
        yield false;
      }
    };
  }

  private void note(String engineId, String what, TwoOfThree reading) {
    believed = RiskWords.confirmed(engineId + " " + what, reading);
  }

  private EngineBook engine(String engineId) {
    EngineBook engine = books.engine(engineId);
    if (engine == null) {
      output.count(RiskOutput.Count.UNKNOWN_ENGINES);
    }
    return engine;
  }

  private SymbolBook book(EngineBook engine, String symbol) {
    SymbolBook book = books.book(engine, symbol);
    if (book == null) {
      output.count(RiskOutput.Count.DROPPED_SYMBOLS);
    }
    return book;
  }

  private void restoreWords() {
    for (PortfolioState.Word word : state.words) {
      RiskMemory memory = memories.get(word.engineId());
      if (memory != null) {
        memory.putCriterion(word.key(), word.state());
      }
    }
    for (PortfolioState.Pace pace : state.paces) {
      criteria.stream()
          .filter(criterion -> criterion.spec.id().equals(pace.criterionId()))
          .forEach(criterion -> criterion.restore(pace));
    }
  }
}
