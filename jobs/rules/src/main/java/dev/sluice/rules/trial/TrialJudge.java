// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.judge.InstantJudge;
import dev.sluice.rules.judge.Subject;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.TrialState;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Judges the trial of one engine from its closed buckets: the safety at the end of each block, and
 * once a minute whether the stage has shown all it must. Which stage is in force is learnt from the
 * engine's heartbeats alone; another stage begins afresh, and when a trial ends whatever stood of
 * it is cleared. Deterministic: the same buckets and memory give the same words, and all it
 * remembers is in the {@link TrialMemory}. Not thread-safe; one instance serves all engines.
 *
 * <p>Buckets of an arm wait for the one of the whole engine, which tells the stage they are of and
 * closes their start. Each closed start ends with the progress marker, trial or not.
 */
public final class TrialJudge {
  /** Name in progress markers. */
  public static final String NAME = "trial";

  /** Buckets of arms that may wait for one start. */
  private static final int MAX_PARTS = 4 * SlotBook.MAX_SYMBOLS;

  /** So many of the buckets counted may be of orders that outlived their slot. */
  private static final double MAX_STRAYS = 0.01;

  private static final long MINUTE_US = 60_000_000L;

  private final Map<String, TrialAnalysis> analyses = new HashMap<>();
  private final Map<String, TrialPlan> plans;
  private final InstantJudge judge;
  private final SafetyJudge safety;
  private final long bucketMs;

  /**
   * @param plans by trial id
   * @param specs criteria of any family; only those of trials are judged
   * @param refreshMs event time after which an unchanged verdict is said again
   * @throws IllegalArgumentException when slots or warm-ups are not made of whole buckets
   */
  public TrialJudge(
      Map<String, TrialPlan> plans, List<CriterionSpec> specs, long bucketMs, long refreshMs) {
    this.plans = new TreeMap<>(plans);
    this.judge = new InstantJudge(specs, Family.TRIAL, refreshMs);
    this.safety = new SafetyJudge(judge);
    this.bucketMs = bucketMs;
    for (TrialPlan plan : plans.values()) {
      if (plan.slotMs() % bucketMs != 0 || plan.warmupMs() % bucketMs != 0) {
        throw new IllegalArgumentException(
            "trial "
                + plan.id()
                + ": slot and warmup must be multiples of a bucket, "
                + bucketMs
                + " ms");
      }
      analyses.put(plan.id(), new TrialAnalysis(plan));
    }
  }

  /** Takes a closed bucket. */
  public TrialJudgement bucket(Bucket bucket, TrialMemory memory) {
    StageState stage = memory.stage();
    if (bucket.widthMs() != bucketMs || bucket.startUs() < stage.judgedUntilUs) {
      return TrialJudgement.IGNORED;
    }
    if (!bucket.wholeEngine()) {
      return part(bucket, memory);
    }
    List<Verdict> verdicts = new ArrayList<>();
    TrialStatus status = null;
    if (bucket.startUs() != stage.judgedUntilUs) {
      stage.seenFromUs = bucket.startUs();
      memory.clearSlots();
    }
    stage.judgedUntilUs = bucket.endUs();
    stage.source = bucket.source();
    TrialState trial = running(bucket.trial());
    if (!Objects.equals(trial, stage.trial)) {
      verdicts.addAll(end(stage, bucket, memory));
      stage.begin(trial);
    }
    if (trial != null) {
      status = stage(stage, bucket, memory, verdicts);
    }
    memory.clearParts();
    memory.putStage(stage);
    verdicts.add(
        judge.progress(
            NAME, bucket.engineId(), bucket.endUs(), bucket.source(), bucket.closedIngestUs()));
    return new TrialJudgement(verdicts, status, false);
  }

  /**
   * A person's word. RESUME resets the guards of the stage, unless one that asks for HALT is in
   * breach right now; ACKNOWLEDGE unlatches the named criterion.
   */
  public TrialJudgement command(Command command, TrialMemory memory) {
    StageState stage = memory.stage();
    if (stage.trial == null) {
      return TrialJudgement.NOTHING;
    }
    String scopeKey = scopeKey(stage.trial);
    boolean resumes = command.action() == CommandAction.RESUME;
    if (resumes && safety.refusesResume(stage, scopeKey, memory)) {
      return TrialJudgement.NOTHING;
    }
    List<Verdict> verdicts =
        judge.command(command, stage.source, List.of(scopeKey), memory).stream()
            .map(verdict -> SafetyJudge.halting(verdict, stage))
            .toList();
    if (resumes) {
      stage.halting.clear();
      memory.putStage(stage);
    }
    return new TrialJudgement(verdicts, null, false);
  }

  private static TrialJudgement part(Bucket bucket, TrialMemory memory) {
    if (bucket.arm() == null) {
      return TrialJudgement.NOTHING;
    }
    if (memory.parts().size() >= MAX_PARTS) {
      return TrialJudgement.IGNORED;
    }
    memory.addPart(bucket);
    return TrialJudgement.NOTHING;
  }

  private static TrialState running(TrialState trial) {
    return trial != null && trial.rollout().running() ? trial : null;
  }

  private List<Verdict> end(StageState stage, Bucket bucket, TrialMemory memory) {
    List<Verdict> verdicts =
        stage.trial == null
            ? List.of()
            : judge.end(subject(stage.trial, bucket), "this stage of the trial is over", memory);
    memory.forgetStage();
    return verdicts;
  }

  private TrialStatus stage(
      StageState stage, Bucket bucket, TrialMemory memory, List<Verdict> verdicts) {
    TrialState trial = stage.trial;
    boolean covered = bucket.startUs() >= trial.sinceUs() && bucket.ticks() > 0;
    stage.coveredMs += covered ? bucketMs : 0;
    Subject at = subject(trial, bucket);
    boolean minute = bucket.endUs() % MINUTE_US == 0;
    String problem = PlanCheck.problem(trial, plans);
    if (problem != null) {
      if (!minute) {
        return null;
      }
      verdicts.addAll(safety.nothing(stage, at, memory));
      return said(AcceptanceWord.unknown(stage, bucket, problem), "", bucket, verdicts);
    }
    TrialAnalysis analysis = analyses.get(trial.trialId());
    if (memory.analysis() == null) {
      memory.putAnalysis(analysis.begin(trial.treatmentShare(), trial.sinceUs()));
    }
    SlotBook slots = new SlotBook(stage, memory, bucketMs);
    for (Bucket part : memory.parts()) {
      if (part.startUs() == bucket.startUs()) {
        slots.add(part, bucket.healthRecords() > 0);
      }
    }
    List<SafetyBlock> blocks =
        new BlockBook(stage, analysis, memory, slots, bucketMs).close(bucket.endUs());
    if (!blocks.isEmpty()) {
      Measurement slippage = analysis.slippageLower(memory.analysis());
      verdicts.addAll(safety.block(stage, blocks, at, slippage, memory));
    }
    if (!minute) {
      return null;
    }
    TrialStatus status =
        analysis.status(
            memory.analysis(),
            bucket.engineId(),
            bucket.source(),
            bucket.endUs(),
            stage.coveredMs,
            reasons(stage, at.scopeKey(), memory));
    return said(status, plans.get(trial.trialId()).planHash(), bucket, verdicts);
  }

  private TrialStatus said(
      TrialStatus status, String planHash, Bucket bucket, List<Verdict> verdicts) {
    verdicts.add(AcceptanceWord.of(status, plans.get(status.trialId()), planHash, bucket));
    return status;
  }

  private List<String> reasons(StageState stage, String scopeKey, TrialMemory memory) {
    List<String> reasons = new ArrayList<>();
    if (stage.misassigned > 0) {
      reasons.add(
          stage.misassigned + " buckets hold ticks of an arm in slots that are not that arm's");
    }
    if (stage.strays > MAX_STRAYS * stage.counted) {
      reasons.add(
          stage.strays
              + " of "
              + (stage.counted + stage.strays)
              + " buckets hold orders of an arm in slots of the other, and are not counted");
    }
    reasons.addAll(safety.reasons(stage, scopeKey, memory));
    return reasons;
  }

  private static Subject subject(TrialState trial, Bucket bucket) {
    return new Subject(
        bucket.engineId(),
        scopeKey(trial),
        bucket.source(),
        bucket.endUs(),
        bucket.closedIngestUs(),
        bucket::inputs);
  }

  private static String scopeKey(TrialState trial) {
    return Verdict.trialScope(trial.trialId(), trial.stage());
  }
}
