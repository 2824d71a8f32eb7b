// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.cases.EngineTape;
import dev.sluice.rules.judge.ShippedCriteria;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plays tapes to the judge with the shipped criteria, and remembers what it says. */
final class TrialRun {
  final HeapTrialMemory memory = new HeapTrialMemory();
  final List<Verdict> verdicts = new ArrayList<>();
  final List<TrialStatus> statuses = new ArrayList<>();
  private final TrialJudge judge;

  TrialRun(TrialPlan... plans) {
    this(ShippedCriteria.all(), plans);
  }

  TrialRun(List<CriterionSpec> criteria, TrialPlan... plans) {
    Map<String, TrialPlan> byId = new TreeMap<>();
    for (TrialPlan plan : plans) {
      byId.put(plan.id(), plan);
    }
    judge = new TrialJudge(byId, criteria, 10_000, 60_000);
  }

  TrialRun play(TrialTape tape, long from, long until) {
    for (long index = from; index < until; index++) {
      tape.buckets(index).forEach(this::bucket);
    }
    return this;
  }

  TrialJudgement bucket(Bucket bucket) {
    return heard(judge.bucket(bucket, memory));
  }

  TrialJudgement command(CommandAction action, String criterionId) {
    Command command =
        new Command(
            Command.SCHEMA,
            "c-1",
            "mm-1",
            "ann",
            "checked",
            action,
            "engine",
            criterionId,
            0,
            null);
    return heard(judge.command(command, memory));
  }

  private TrialJudgement heard(TrialJudgement judgement) {
    verdicts.addAll(judgement.verdicts());
    if (judgement.status() != null) {
      statuses.add(judgement.status());
    }
    return judgement;
  }

  List<Verdict> of(String criterionId) {
    return verdicts.stream().filter(v -> v.criterionId().equals(criterionId)).toList();
  }

  Verdict last(String criterionId) {
    List<Verdict> all = of(criterionId);
    return all.get(all.size() - 1);
  }

  TrialStatus status() {
    return statuses.get(statuses.size() - 1);
  }

  /** Minutes from the tape's start of the first verdict that asks for that, NaN for none. */
  double firstMinute(String criterionId, Action action) {
    return of(criterionId).stream()
        .filter(verdict -> verdict.action() == action)
        .mapToDouble(verdict -> (verdict.eventTimeUs() - EngineTape.START_US) / 60e6)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The first verdict that asks for that. */
  Verdict first(String criterionId, Action action) {
    return of(criterionId).stream().filter(v -> v.action() == action).findFirst().orElseThrow();
  }

  /** Verdicts that ask for more than patience, as {@code trial-slippage ROLLBACK}. */
  List<String> asked() {
    return verdicts.stream()
        .filter(verdict -> verdict.action() != null && verdict.action() != Action.HOLD)
        .map(verdict -> verdict.criterionId() + " " + verdict.action())
        .distinct()
        .toList();
  }
}
