// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import dev.sluice.rules.cases.EngineTape;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;

/** Plays tapes to a judge and remembers what it says. Offsets are seconds from the tape's start. */
public final class JudgeRun {
  private final EngineJudge judge;
  private final HeapMemory memory = new HeapMemory();
  private final List<Verdict> verdicts = new ArrayList<>();

  public JudgeRun(List<CriterionSpec> specs) {
    this.judge = new EngineJudge(specs, 10_000, 60_000);
  }

  /** Heartbeats and buckets of {@code from <= index < until}, heartbeat first. */
  public JudgeRun play(EngineTape tape, long from, long until) {
    for (long index = from; index < until; index++) {
      if (!tape.silentAt(index)) {
        verdicts.addAll(judge.health(tape.health(index), 0, memory).verdicts());
      }
      verdicts.addAll(judge.bucket(tape.bucket(index), memory).verdicts());
    }
    return this;
  }

  public JudgeRun command(CommandAction action, String criterionId) {
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
    verdicts.addAll(judge.command(command, memory).verdicts());
    return this;
  }

  public Judgement bucket(dev.sluice.schemas.Bucket bucket) {
    Judgement judgement = judge.bucket(bucket, memory);
    verdicts.addAll(judgement.verdicts());
    return judgement;
  }

  public Judgement health(dev.sluice.schemas.Health health) {
    Judgement judgement = judge.health(health, 0, memory);
    verdicts.addAll(judgement.verdicts());
    return judgement;
  }

  public List<Verdict> verdicts() {
    return verdicts;
  }

  public HeapMemory memory() {
    return memory;
  }

  public List<Verdict> of(String criterionId) {
    return verdicts.stream().filter(verdict -> verdict.criterionId().equals(criterionId)).toList();
  }

  public Verdict last(String criterionId) {
    List<Verdict> all = of(criterionId);
    return all.get(all.size() - 1);
  }

  /** Changes of phase as {@code 610s TRIPPED PAUSE}. */
  public List<String> phases(String criterionId) {
    List<String> phases = new ArrayList<>();
    String before = "";
    for (Verdict verdict : of(criterionId)) {
      String said = verdict.phase() + (verdict.action() == null ? "" : " " + verdict.action());
      if (!said.equals(before)) {
        phases.add(offset(verdict) + "s " + said);
      }
      before = said;
    }
    return phases;
  }

  /** Event time of the first verdict with that phase in seconds from the start, or −1. */
  public long firstSeconds(String criterionId, Phase phase) {
    return of(criterionId).stream()
        .filter(verdict -> verdict.phase() == phase)
        .mapToLong(JudgeRun::offset)
        .findFirst()
        .orElse(-1);
  }

  public long firstSeconds(String criterionId, VerdictOutcome outcome) {
    return of(criterionId).stream()
        .filter(verdict -> verdict.outcome() == outcome)
        .mapToLong(JudgeRun::offset)
        .findFirst()
        .orElse(-1);
  }

  private static long offset(Verdict verdict) {
    return (verdict.eventTimeUs() - EngineTape.START_US) / 1_000_000L;
  }
}
