// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import dev.sluice.rules.guard.Guard;
import dev.sluice.rules.guard.GuardState;
import dev.sluice.rules.guard.Step;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.metric.Gauges;
import dev.sluice.rules.metric.WindowView;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.Scope;
import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Judges one engine: every criterion, on each closed bucket and each heartbeat, with a person's
 * RESUME and ACKNOWLEDGE. Deterministic: the same inputs and memory give the same verdicts, and all
 * it remembers is in the {@link JudgeMemory}. Holds no state of its own; one instance serves all
 * engines.
 *
 * <p>The memory may come from a judge with other criteria: see {@link Succession} for what becomes
 * of it.
 *
 * <p>A verdict is said when outcome, phase, action or episode change, and otherwise once per {@code
 * refresh} of event time. Each closed start ends with the progress marker.
 */
public final class EngineJudge {
  /**
   * How far a heartbeat may be ahead of the newest bucket. One further ahead would make the judge
   * deaf until that time has come; if it is right, its bucket will be judged.
   */
  public static final long MAX_AHEAD_US = 15 * 60_000_000L;

  private final Evaluation evaluation;
  private final List<Evaluation.Judged> criteria;
  private final Windows windows;
  private final long bucketMs;
  private final long criteriaId;

  /**
   * @param refreshMs a verdict that did not change is said again after this much event time
   * @throws IllegalArgumentException when no criterion is on, or two have one id: a judge that
   *     judges nothing would pass everything
   */
  public EngineJudge(List<CriterionSpec> specs, long bucketMs, long refreshMs) {
    this.evaluation = new Evaluation(specs, Family.BUCKETS, refreshMs);
    this.criteria = evaluation.criteria();
    if (criteria.isEmpty()) {
      throw new IllegalArgumentException("no criterion is on: nothing would be judged");
    }
    long longestMs = criteria.stream().mapToLong(judged -> judged.spec().overMs()).max().orElse(0);
    boolean parts = criteria.stream().anyMatch(judged -> judged.spec().scope() != Scope.ENGINE);
    this.windows = new Windows(bucketMs, longestMs, parts);
    this.bucketMs = bucketMs;
    this.criteriaId = Sha256.leading(evaluation.setHash());
  }

  /** Judges a closed bucket; one of an arm and symbol is kept until its start is closed. */
  public Judgement bucket(Bucket bucket, JudgeMemory memory) {
    if (bucket.widthMs() != bucketMs || bucket.startUs() < Windows.cursor(memory).judgedUntilUs()) {
      return Judgement.IGNORED;
    }
    if (!bucket.wholeEngine()) {
      return windows.addPart(bucket, memory) ? Judgement.NOTHING : Judgement.IGNORED;
    }
    List<Verdict> verdicts = succeed(bucket.engineId(), memory);
    windows.close(bucket, memory);
    for (Evaluation.Judged judged : criteria) {
      if (judged.spec().instant()) {
        Gauges gauges =
            judged.spec().metric().onHealth() ? Gauges.atLastHealth(bucket) : Gauges.of(bucket);
        Subject subject = of(bucket, "", gauges.asOfUs(), () -> bucket.inputs());
        evaluation.evaluate(
            judged, subject, () -> judged.criterion().judge(gauges), memory, verdicts);
      } else if (bucket.endUs() % (judged.spec().everyMs() * 1000) == 0) {
        for (String scopeKey : windows.scopeKeys(judged.spec().scope(), memory)) {
          WindowView view = windows.view(judged.spec(), scopeKey, bucket, memory);
          Subject subject =
              of(bucket, scopeKey, bucket.endUs(), () -> Verdicts.inputs(view.buckets()));
          evaluation.evaluate(
              judged, subject, () -> judged.criterion().judge(view), memory, verdicts);
        }
      }
    }
    verdicts.add(Verdicts.progress(bucket, evaluation.setHash()));
    return new Judgement(verdicts, false);
  }

  /**
   * Judges a heartbeat, at once: instant criteria wait for no bucket.
   *
   * @param ingestUs Kafka append time of the record, 0 when unknown
   */
  public Judgement health(Health health, long ingestUs, JudgeMemory memory) {
    long judgedUntilUs = Windows.cursor(memory).judgedUntilUs();
    if (judgedUntilUs > 0 && health.eventTimeUs() - judgedUntilUs > MAX_AHEAD_US) {
      return Judgement.IGNORED;
    }
    List<Verdict> verdicts = succeed(health.engineId(), memory);
    Gauges gauges = Gauges.of(health);
    Subject subject =
        new Subject(health.engineId(), "", health.source(), gauges.asOfUs(), ingestUs, () -> null);
    for (Evaluation.Judged judged : criteria) {
      if (judged.spec().instant() && judged.spec().metric().onHealth()) {
        evaluation.evaluate(
            judged, subject, () -> judged.criterion().judge(gauges), memory, verdicts);
      }
    }
    return new Judgement(verdicts, false);
  }

  /**
   * A person's word. RESUME resets every guard, unless a critical criterion that asks for HALT or
   * FLATTEN is in breach right now: then the gate refuses it, and so does the judge. ACKNOWLEDGE
   * unlatches the named criterion. Everything else concerns the gate alone.
   */
  public Judgement command(Command command, JudgeMemory memory) {
    List<Verdict> verdicts = succeed(command.engineId(), memory);
    verdicts.addAll(
        switch (command.action()) {
          case RESUME -> refusesResume(memory) ? List.of() : resume(command, memory);
          case ACKNOWLEDGE -> byPerson(command, Guard::acknowledge, memory);
          case HALT,
              PAUSE,
              REDUCE_ONLY,
              FLATTEN,
              START_TRIAL,
              PROMOTE,
              ROLLBACK,
              OVERRIDE,
              SET_FLAGS ->
              List.of();
        });
    return new Judgement(verdicts, false);
  }

  private List<Verdict> resume(Command command, JudgeMemory memory) {
    List<Verdict> verdicts = byPerson(command, Guard::resume, memory);
    if (command.criterionId() == null) {
      windows.forgetScopes(memory);
    }
    return verdicts;
  }

  private List<Verdict> byPerson(
      Command command, Function<GuardState, Step> move, JudgeMemory memory) {
    Source source = Windows.cursor(memory).source();
    return evaluation.byPerson(command, move, source, scopeKeys(memory), memory);
  }

  /** Where another set of criteria judged this engine last: what becomes of its states. */
  private List<Verdict> succeed(String engineId, JudgeMemory memory) {
    JudgeCursor cursor = memory.cursor();
    if (cursor == null || cursor.criteriaId() == criteriaId) {
      return new ArrayList<>();
    }
    List<Verdict> lastWords = Succession.of(evaluation, engineId, cursor.source(), memory);
    memory.putCursor(cursor.judgedBy(criteriaId));
    return lastWords;
  }

  private boolean refusesResume(JudgeMemory memory) {
    return evaluation.refusesResume(scopeKeys(memory), memory);
  }

  private Function<Scope, List<String>> scopeKeys(JudgeMemory memory) {
    return scope -> windows.scopeKeys(scope, memory);
  }

  private static Subject of(
      Bucket bucket, String scopeKey, long atUs, Supplier<List<InputRange>> inputs) {
    return new Subject(
        bucket.engineId(), scopeKey, bucket.source(), atUs, bucket.closedIngestUs(), inputs);
  }
}
