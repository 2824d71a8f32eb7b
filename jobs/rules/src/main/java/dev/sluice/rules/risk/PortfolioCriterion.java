// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import dev.sluice.rules.judge.CriterionState;
import dev.sluice.rules.judge.InstantJudge;
import dev.sluice.rules.judge.Subject;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One criterion over its scope: what it says now, and to whom that is news. */
final class PortfolioCriterion {
  /** Event time after which a word that stays the same is evaluated again while a guard waits. */
  static final long PACE_US = 1_000_000;

  /** What a criterion says, as far as a guard tells it apart. */
  private enum Said {
    NOTHING_YET,
    NO_DATA,
    BREACH,
    PASS,
    RECOVERED
  }

  final CriterionSpec spec;
  final RiskScope scope;
  private final InstantJudge judge;
  private final Map<String, RiskMemory> memories;
  private final RiskOutput output;
  private final String key;
  private final long refreshUs;
  private Said said = Said.NOTHING_YET;
  private long evaluatedUs;
  private boolean resting;

  PortfolioCriterion(
      CriterionSpec spec,
      long refreshMs,
      RiskScope scope,
      Map<String, RiskMemory> memories,
      RiskOutput output) {
    this.spec = spec;
    this.judge = new InstantJudge(List.of(spec), Family.PORTFOLIO, refreshMs);
    this.refreshUs = refreshMs * 1000;
    this.scope = scope;
    this.memories = memories;
    this.output = output;
    this.key = spec.id() + "|" + PortfolioJudge.SCOPE_KEY;
  }

  void restore(PortfolioState.Pace pace) {
    said = Said.valueOf(pace.said());
    evaluatedUs = pace.evaluatedUs();
    resting = atRest();
  }

  PortfolioState.Pace pace() {
    return new PortfolioState.Pace(spec.id(), said.name(), evaluatedUs);
  }

  /** Evaluates with the next message, whatever it says. */
  void hurry() {
    said = Said.NOTHING_YET;
  }

  /**
   * Evaluates when the word is another than before, or is due.
   *
   * @param believed what this message has confirmed, empty when nothing
   */
  void evaluate(long atUs, long ingestUs, long clockUs, String believed) {
    Metric metric = spec.metric();
    if (!scope.applies(metric)) {
      return;
    }
    double value = known(metric);
    Said now = saying(value);
    if (now != said || atUs - evaluatedUs >= (resting ? refreshUs : PACE_US)) {
      said = now;
      evaluatedUs = atUs;
      Measurement measured = new Measurement(value, scope.samples(metric));
      say(measured, atUs, ingestUs, clockUs, believed);
      resting = atRest();
    }
  }

  /** True while no guard waits for anything: nothing but a refresh can come of the same word. */
  private boolean atRest() {
    if (spec.outOf() > 0 || (said != Said.PASS && said != Said.RECOVERED)) {
      return false;
    }
    for (EngineBook engine : scope.engines) {
      CriterionState state = memories.get(engine.engineId).criterion(key);
      if (state == null || state.guard().phase() != Phase.CLEAR) {
        return false;
      }
    }
    return true;
  }

  /** The value where it can be told; of an incomplete portfolio only a breach can. */
  private double known(Metric metric) {
    double value = scope.value(metric);
    boolean enough =
        scope.samples(metric) >= spec.minSamples()
            && (scope.complete() || spec.breach().holds(value));
    return enough ? value : Double.NaN;
  }

  private Said saying(double value) {
    if (Double.isNaN(value)) {
      return Said.NO_DATA;
    } else if (spec.breach().holds(value)) {
      return Said.BREACH;
    }
    return spec.recover().holds(value) ? Said.RECOVERED : Said.PASS;
  }

  private void say(Measurement measured, long atUs, long ingestUs, long clockUs, String believed) {
    String notes = null;
    Verdict changed = null;
    List<String> changedFor = new ArrayList<>();
    for (EngineBook engine : scope.engines) {
      RiskMemory memory = memories.get(engine.engineId);
      CriterionState before = memory.criterion(key);
      Subject subject =
          new Subject(
              engine.engineId, PortfolioJudge.SCOPE_KEY, engine.source, atUs, ingestUs, () -> null);
      for (Verdict bare : judge.judge(subject, metric -> measured, memory)) {
        notes = notes == null ? RiskWords.notes(scope, clockUs, believed) : notes;
        Verdict verdict = RiskWords.with(bare, notes);
        output.verdict(verdict);
        if (RiskWords.changed(before, memory.criterion(key))) {
          changed = changed == null ? verdict : changed;
          changedFor.add(engine.engineId);
        }
      }
    }
    if (changed != null) {
      output.audit(RiskWords.audit(changed, changedFor, scope, clockUs));
    }
  }
}
