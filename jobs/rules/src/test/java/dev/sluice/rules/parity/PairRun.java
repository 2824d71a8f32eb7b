// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.rules.judge.ShippedCriteria;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.ParityCause;
import dev.sluice.schemas.ParityDrift;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A pair judged by the shipped criteria, with windows of one minute. */
final class PairRun {
  static final ParityPair PAIR = new ParityPair("mm-1", "mm-1-shadow");
  static final ParitySettings SETTINGS =
      new ParitySettings(
          List.of(PAIR.text()), 60_000, 2_000, 10_000, 30_000, 5, 1_000, ParityLimits.defaults());

  final List<Parity> windows = new ArrayList<>();
  final List<Verdict> verdicts = new ArrayList<>();
  final HeapParityMemory memory = new HeapParityMemory();
  final ParityJudge judge;

  PairRun() {
    this(SETTINGS);
  }

  PairRun(ParitySettings settings) {
    judge = new ParityJudge(settings, criteria(), 60_000);
  }

  static List<CriterionSpec> criteria() {
    return ShippedCriteria.all().stream()
        .filter(spec -> spec.metric().family() == Family.PARITY)
        .toList();
  }

  PairRun play(List<EngineEvent> events) {
    for (EngineEvent event : events) {
      add(judge.on(PAIR, event, memory));
    }
    return this;
  }

  /** Both engines in the order of time. */
  PairRun play(EngineTalk live, EngineTalk shadow) {
    List<EngineEvent> all = new ArrayList<>(live.said());
    all.addAll(shadow.said());
    all.sort(Comparator.comparingLong(EngineTalk::timeUs).thenComparing(e -> e.time() ? 0 : 1));
    return play(all);
  }

  PairRun silent() {
    add(judge.shadowSilent(PAIR, memory));
    return this;
  }

  private void add(ParityOutput output) {
    windows.addAll(output.windows());
    verdicts.addAll(output.verdicts());
  }

  Parity window(int index) {
    return windows.get(index);
  }

  static ParityDrift drift(Parity window, ParityCause cause) {
    return window.drifts().stream().filter(d -> d.cause() == cause).findFirst().orElseThrow();
  }

  List<Verdict> of(String criterionId) {
    return verdicts.stream().filter(v -> v.criterionId().equals(criterionId)).toList();
  }
}
