// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.rules.judge.ShippedCriteria;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.sequence.SequencerBench;
import dev.sluice.rules.sequence.Talk;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;

/** One engine's judge behind its sequencer, and everything it said. */
final class IntegrityBench {
  private final IntegrityJudge judge =
      new IntegrityJudge(IntegritySettings.defaults(), ShippedCriteria.all(), 60_000);
  private final HeapIntegrityMemory memory = new HeapIntegrityMemory();
  private final SequencerBench sequence = new SequencerBench();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private int judged;

  IntegrityBench take(Talk talk) {
    return take(talk.said());
  }

  IntegrityBench take(List<EngineEvent> said) {
    said.forEach(this::take);
    return this;
  }

  IntegrityBench take(EngineEvent event) {
    sequence.take(event);
    return judge();
  }

  /** The venue's patience is over. */
  IntegrityBench patience() {
    sequence.fire(SequencerBench.LIMITS.patienceFirings());
    return judge();
  }

  IntegrityBench command(CommandAction action, String criterionId) {
    Command command =
        new Command(
            Command.SCHEMA,
            "k",
            Talk.ENGINE,
            "ann",
            "looked into it",
            action,
            "engine",
            criterionId,
            0,
            null);
    return take(EngineEvent.of(command, Source.SIMULATED));
  }

  private IntegrityBench judge() {
    List<EngineEvent> events = sequence.events();
    while (judged < events.size()) {
      Judged said = judge.on(events.get(judged++), memory);
      findings.addAll(said.findings());
      verdicts.addAll(said.verdicts());
    }
    return this;
  }

  List<Finding> findings() {
    return findings;
  }

  /** Each finding as {@code 61000 INTENT_WITHOUT_OUTCOME order=c-1 CONFIRMED}. */
  List<String> told() {
    return findings.stream()
        .map(
            finding ->
                (finding.eventTimeUs() - Talk.START_US) / 1_000
                    + " "
                    + finding.kind()
                    + " "
                    + finding.subject()
                    + " "
                    + finding.status())
        .toList();
  }

  /** The last word on a criterion, as {@code BREACH TRIPPED PAUSE}. */
  String last(String criterionId) {
    String last = "";
    for (Verdict verdict : verdicts) {
      if (verdict.criterionId().equals(criterionId)) {
        last =
            verdict.outcome()
                + " "
                + verdict.phase()
                + (verdict.action() == null ? "" : " " + verdict.action());
      }
    }
    return last;
  }

  List<Verdict> verdicts() {
    return verdicts;
  }

  HeapIntegrityMemory memory() {
    return memory;
  }

  SequencerBench sequence() {
    return sequence;
  }
}
