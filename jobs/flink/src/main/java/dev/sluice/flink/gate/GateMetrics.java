// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.gate;

import dev.sluice.rules.gate.GateState;
import dev.sluice.rules.gate.GateStep;
import dev.sluice.rules.gate.Obedience;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the gate tells Flink's metric reporters: how often it decided, and where each engine stands.
 * Series per engine end at {@value #MAX_ENGINES} engines of one subtask; further ones are counted.
 * Called by the task's thread; gauges are read by a reporter's.
 */
final class GateMetrics {
  /** Engines with series of their own. */
  static final int MAX_ENGINES = 500;

  private final MetricGroup group;
  private final Counter decisions;
  private final Counter leases;
  private final Counter withheldLeases;
  private final Counter verdicts;
  private final Counter unknownEngine;
  private final Counter unknownJudge;
  private final Counter enginesWithoutSeries;
  private final Map<Mode, Counter> decisionsInto = new EnumMap<>(Mode.class);
  private final Map<VerdictOutcome, Counter> heard = new EnumMap<>(VerdictOutcome.class);
  private final Map<String, EngineGauges> engines = new HashMap<>();

  GateMetrics(MetricGroup operator) {
    group = operator.addGroup("gate");
    decisions = group.counter("decisions");
    leases = group.counter("leases");
    withheldLeases = group.counter("withheld_leases");
    verdicts = group.counter("verdicts");
    unknownEngine = group.counter("unknown_engine");
    unknownJudge = group.counter("unknown_judge");
    enginesWithoutSeries = group.counter("engines_without_series");
    for (Mode mode : Mode.values()) {
      decisionsInto.put(mode, group.addGroup("mode", mode.name()).counter("decisions_into"));
    }
    for (VerdictOutcome outcome : VerdictOutcome.values()) {
      heard.put(outcome, group.addGroup("outcome", outcome.name()).counter("verdicts_heard"));
    }
  }

  void unknownEngine() {
    unknownEngine.inc();
  }

  void unknownJudge() {
    unknownJudge.inc();
  }

  void withheldLease() {
    withheldLeases.inc();
  }

  /** A word of a judge, progress aside. */
  void heard(Verdict verdict) {
    if (!verdict.progressMarker()) {
      heard.get(verdict.outcome()).inc();
    }
  }

  /** What one step has led to. */
  void step(GateStep step) {
    if (step.control() != null) {
      decisions.inc();
      decisionsInto.get(step.control().mode()).inc();
    }
    verdicts.inc(step.verdicts().size());
    if (step.lease() != null) {
      leases.inc();
    }
    stands(step.state());
  }

  private void stands(GateState state) {
    EngineGauges gauges = engines.get(state.engineId());
    if (gauges == null) {
      if (engines.size() >= MAX_ENGINES) {
        enginesWithoutSeries.inc();
        return;
      }
      gauges = new EngineGauges(group.addGroup("engine", state.engineId()));
      engines.put(state.engineId(), gauges);
    }
    gauges.set(state);
  }

  /** The newest state of one engine, as numbers. */
  private static final class EngineGauges {
    private volatile int mode;
    private volatile long epoch;
    private volatile int disobeying;
    private volatile int silent;
    private volatile int leased;

    EngineGauges(MetricGroup engine) {
      engine.gauge("mode_level", () -> mode);
      engine.gauge("epoch", () -> epoch);
      engine.gauge("disobeying", () -> disobeying);
      engine.gauge("silent", () -> silent);
      engine.gauge("leased", () -> leased);
    }

    void set(GateState state) {
      mode = state.mode().ordinal();
      epoch = state.epoch();
      disobeying = state.obedience() == Obedience.DISOBEYING ? 1 : 0;
      silent = state.obedience() == Obedience.SILENT ? 1 : 0;
      leased = Boolean.TRUE.equals(state.leaseGiven()) ? 1 : 0;
    }
  }
}
