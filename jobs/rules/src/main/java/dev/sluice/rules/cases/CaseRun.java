// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.cases;

import dev.sluice.rules.gate.Gate;
import dev.sluice.rules.gate.GateInput;
import dev.sluice.rules.gate.GatePolicy;
import dev.sluice.rules.gate.GateState;
import dev.sluice.rules.gate.GateStep;
import dev.sluice.rules.gate.GateTime;
import dev.sluice.rules.judge.EngineJudge;
import dev.sluice.rules.judge.HeapMemory;
import dev.sluice.rules.judge.InstantJudge;
import dev.sluice.rules.judge.Subject;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.parity.ParitySettings;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.text.Durations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Plays a case to the judge and the gate of production. Criteria of {@link Family#BUCKETS} see the
 * buckets of an engine that follows the series; those of the other families see the series itself,
 * one measurement per step on as many samples as the criterion asks for: how their jobs come to a
 * measurement is not the criterion's business.
 */
public final class CaseRun {
  private static final String ENGINE = "mm-1";
  private static final long REFRESH_MS = 60_000;
  private static final String NOTHING_YET = "NO_DATA CLEAR";

  private CaseRun() {}

  /** The names of series that a case of this criterion may have. */
  public static Collection<String> series(CriterionSpec spec) {
    return spec.metric().family() == Family.BUCKETS
        ? EngineSeries.names()
        : List.of(spec.metric().id());
  }

  /** Plays a case as far as its last expectation and compares. */
  public static CaseResult of(CriterionCase one, CriterionSpec spec) {
    long lastUs =
        Stream.of(one.expect(), one.decisions())
            .filter(Objects::nonNull)
            .flatMap(times -> times.keySet().stream())
            .mapToLong(at -> at)
            .max()
            .orElseThrow();
    long steps = lastUs / stepUs(spec) + 1;
    List<Verdict> verdicts =
        spec.metric().family() == Family.BUCKETS
            ? judged(one, spec, steps)
            : measured(one, spec, steps);
    List<String> mismatches = new ArrayList<>();
    one.expect()
        .forEach(
            (atUs, expected) -> {
              String stood = standing(verdicts, EngineTape.START_US + atUs);
              if (!stood.equals(expected)) {
                mismatches.add("at " + time(atUs) + " " + stood + ", expected " + expected);
              }
            });
    if (one.decisions() != null) {
      Map<Long, String> decided = decided(verdicts);
      decided.keySet().removeIf(atUs -> atUs > lastUs);
      if (!decided.equals(one.decisions())) {
        mismatches.add("decided " + words(decided) + ", expected " + words(one.decisions()));
      }
    }
    return new CaseResult(one, List.copyOf(mismatches));
  }

  /** How often a value is measured: once per bucket, or per window of parity. */
  private static long stepUs(CriterionSpec spec) {
    boolean parity = spec.metric().family() == Family.PARITY;
    return parity ? ParitySettings.defaults().windowMs() * 1_000 : EngineTape.WIDTH_US;
  }

  private static List<Verdict> judged(CriterionCase one, CriterionSpec spec, long steps) {
    EngineTape tape = EngineSeries.tape(one.series());
    EngineJudge judge = new EngineJudge(List.of(spec), EngineTape.WIDTH_US / 1_000, REFRESH_MS);
    HeapMemory memory = new HeapMemory();
    List<Verdict> verdicts = new ArrayList<>();
    for (long step = 0; step < steps; step++) {
      if (tape.heartbeatAt(step)) {
        verdicts.addAll(judge.health(tape.health(step), 0, memory).verdicts());
      }
      verdicts.addAll(judge.bucket(tape.bucket(step), memory).verdicts());
    }
    verdicts.removeIf(verdict -> !verdict.criterionId().equals(spec.id()));
    return verdicts;
  }

  private static List<Verdict> measured(CriterionCase one, CriterionSpec spec, long steps) {
    Series series = one.series().get(spec.metric().id());
    InstantJudge judge = new InstantJudge(List.of(spec), spec.metric().family(), REFRESH_MS);
    HeapMemory memory = new HeapMemory();
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      double value = series != null && i < series.size() ? series.at(i) : Double.NaN;
      long atUs = EngineTape.START_US + (i + 1) * stepUs(spec);
      Subject subject = new Subject(ENGINE, "", Source.SIMULATED, atUs, 0, () -> null);
      verdicts.addAll(
          judge.judge(subject, metric -> Measurement.of(value, spec.minSamples()), memory));
    }
    return verdicts;
  }

  private static String standing(List<Verdict> verdicts, long atUs) {
    String standing = NOTHING_YET;
    for (Verdict verdict : verdicts) {
      if (verdict.eventTimeUs() <= atUs) {
        standing =
            verdict.outcome()
                + " "
                + verdict.phase()
                + (verdict.action() == null ? "" : " " + verdict.action());
      }
    }
    return standing;
  }

  /** Every change of mode, by microseconds from the start. */
  private static Map<Long, String> decided(List<Verdict> verdicts) {
    GatePolicy policy = GatePolicy.ofHistory(List.of());
    Map<Long, String> decided = new LinkedHashMap<>();
    GateState state = GateState.initial(ENGINE);
    Mode mode = Mode.RUN;
    for (Verdict verdict : verdicts) {
      long atUs = verdict.eventTimeUs();
      GateTime now = new GateTime(atUs, EngineTape.START_US, GateTime.NO_CHECKPOINTS);
      GateStep step = Gate.decide(state, new GateInput.Judged(verdict), now, policy);
      state = step.state();
      if (step.control() != null && step.control().mode() != mode) {
        mode = step.control().mode();
        decided.put(atUs - EngineTape.START_US, mode.name());
      }
    }
    return decided;
  }

  private static String words(Map<Long, String> decisions) {
    if (decisions.isEmpty()) {
      return "nothing";
    }
    List<String> words = new ArrayList<>();
    decisions.forEach((atUs, mode) -> words.add(mode + " at " + time(atUs)));
    return String.join(", ", words);
  }

  private static String time(long us) {
    return Durations.format(us / 1_000);
  }
}
