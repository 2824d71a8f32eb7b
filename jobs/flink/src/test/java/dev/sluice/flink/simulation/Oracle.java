// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.bucket.LocalBuckets;
import dev.sluice.rules.gate.Gate;
import dev.sluice.rules.gate.GateInput;
import dev.sluice.rules.gate.GatePolicy;
import dev.sluice.rules.gate.GateState;
import dev.sluice.rules.gate.GateStep;
import dev.sluice.rules.gate.GateTime;
import dev.sluice.rules.gate.RolloutPolicy;
import dev.sluice.rules.judge.EngineJudge;
import dev.sluice.rules.judge.HeapMemory;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The single-threaded program: every record once, in the order it was appended, through the pure
 * classes, without Flink, without lag, without a death. What it says is what must be said.
 */
final class Oracle {
  /** Longer gaps between two records are as good as this one. */
  private static final long MAX_FIRINGS = 12;

  /** More than makes a stream quiet. */
  private static final int SETTLED_FIRINGS = 30;

  final List<Bucket> buckets;
  final List<DeadLetter> letters;
  final List<Verdict> verdicts = new ArrayList<>();
  final Map<String, List<Control>> decisions = new LinkedHashMap<>();
  private final Map<String, GateState> gates = new LinkedHashMap<>();
  private final LocalBuckets local = new LocalBuckets(JudgeGraph.BUCKETS);
  private final EngineJudge judge =
      new EngineJudge(JudgeGraph.CRITERIA, JudgeGraph.BUCKETS.widthMs(), JudgeGraph.REFRESH_MS);
  private final Map<String, HeapMemory> memories = new LinkedHashMap<>();
  private int judgedBuckets;
  private int judgedHealth;

  private Oracle(World world) {
    List<RawRecord> all = new ArrayList<>();
    for (EngineTopics topics : world.topics) {
      topics.events.values().forEach(p -> p.entries.forEach(e -> all.add((RawRecord) e.value())));
    }
    all.sort(Comparator.comparingLong(RawRecord::ingestTimeUs));
    long beforeUs = 0;
    for (RawRecord record : all) {
      if (beforeUs > 0) {
        long firings = Math.min(MAX_FIRINGS, (record.ingestTimeUs() - beforeUs) / 50_000);
        local.fire((int) firings);
        judge();
      }
      beforeUs = record.ingestTimeUs();
      local.partials.add(record);
      judge();
      local.flush();
      judge();
    }
    local.fire(SETTLED_FIRINGS);
    judge();
    buckets = local.buckets;
    letters = local.deadLetters;
    decide(world);
  }

  /** Judges what the engines of a world have published. */
  static Oracle of(World world) {
    return new Oracle(world);
  }

  /** The mode an engine must end in, by its verdicts and by what was commanded. */
  Mode mode(String engine) {
    return gates.get(engine).mode();
  }

  private void judge() {
    while (judgedHealth < local.health.size()) {
      Health health = local.health.get(judgedHealth++);
      verdicts.addAll(judge.health(health, 0, memory(health.engineId())).verdicts());
    }
    while (judgedBuckets < local.buckets.size()) {
      Bucket bucket = local.buckets.get(judgedBuckets++);
      verdicts.addAll(judge.bucket(bucket, memory(bucket.engineId())).verdicts());
    }
  }

  private HeapMemory memory(String engine) {
    return memories.computeIfAbsent(engine, key -> new HeapMemory());
  }

  /** Verdicts, then commands: the lattice is a maximum, so the order does not matter to its end. */
  private void decide(World world) {
    for (String engine : JudgeGraph.ENGINES) {
      gates.put(engine, GateState.initial(engine));
      decisions.put(engine, new ArrayList<>());
    }
    verdicts.forEach(verdict -> step(verdict.engineId(), new GateInput.Judged(verdict)));
    for (Partition.Entry entry : world.commands.entries) {
      Command command = (Command) entry.value();
      step(command.engineId(), new GateInput.Asked(command));
    }
  }

  private void step(String engine, GateInput input) {
    GateTime time = new GateTime(1, 1, GateTime.NO_CHECKPOINTS);
    GateStep step = Gate.decide(gates.get(engine), input, time, policy());
    gates.put(engine, step.state());
    if (step.control() != null) {
      decisions.get(engine).add(step.control());
    }
  }

  private static GatePolicy policy() {
    return new GatePolicy(
        JudgeGraph.GATE.judgeId(),
        JudgeGraph.GATE.receivedWithinMs(),
        JudgeGraph.GATE.effectiveWithinMs(),
        JudgeGraph.GATE.leaseTtlMs(),
        JudgeGraph.GATE.progressBudgetMs(),
        JudgeGraph.GATE.checkpointBudgetMs(),
        JudgeGraph.GATE.settleMs(),
        JudgeGraph.GATE.hardCaps(),
        JudgeGraph.GATE.judges(),
        RolloutPolicy.NONE);
  }
}
