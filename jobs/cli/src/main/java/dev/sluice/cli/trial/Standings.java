// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.trial;

import dev.sluice.schemas.Action;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.TrialState;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Collects what topics say of trials, engine by engine. One thread. */
final class Standings {
  /** More decisions about one engine's stages than a person reads. */
  private static final int MAX_DECISIONS = 20;

  /** Words about something that has happened: none of them stands. */
  private static final Set<String> EVENTS =
      Set.of(Verdict.ACCEPTANCE, "gate.command", "gate.rollout");

  private final Map<String, Engine> engines = new TreeMap<>();

  private static final class Engine {
    private Control control;
    private TrialState inForce;
    private TrialStatus status;
    private final Map<String, Verdict> standing = new LinkedHashMap<>();
    private final List<StageChange> decisions = new ArrayList<>();
  }

  void control(Control control) {
    Engine engine = engine(control.engineId());
    RolloutState before = engine.control == null ? RolloutState.NONE : engine.control.rollout();
    if (!control.rollout().equals(before)) {
      engine.decisions.add(StageChange.of(engine.control, control));
      if (engine.decisions.size() > MAX_DECISIONS) {
        engine.decisions.remove(0);
      }
    }
    engine.control = control;
  }

  void health(Health health) {
    engine(health.engineId()).inForce = health.trial();
  }

  void status(TrialStatus status) {
    engine(status.engineId()).status = status;
  }

  /** Keeps what asks for more than nothing; the newest word of a criterion on a scope counts. */
  void verdict(Verdict verdict) {
    if (verdict.progressMarker()
        || verdict.mode() != Enforcement.ENFORCE
        || EVENTS.contains(verdict.criterionId())) {
      return;
    }
    Map<String, Verdict> standing = engine(verdict.engineId()).standing;
    String key = verdict.criterionId() + '|' + verdict.scopeKey();
    if (holds(verdict)) {
      standing.put(key, verdict);
    } else {
      standing.remove(key);
    }
  }

  private static boolean holds(Verdict verdict) {
    boolean stands = verdict.phase() != Phase.CLEAR && verdict.phase() != Phase.PENDING;
    return (stands && verdict.action() != null) || verdict.outcome() == VerdictOutcome.NO_DATA;
  }

  /** Engines with a trial, by id. */
  List<TrialStanding> all() {
    List<TrialStanding> all = new ArrayList<>();
    engines.forEach(
        (id, engine) -> {
          TrialStanding standing =
              new TrialStanding(
                  id,
                  engine.control == null ? null : engine.control.rollout(),
                  engine.inForce,
                  engine.status,
                  engine.standing.values().stream().map(Standings::line).toList(),
                  List.copyOf(engine.decisions));
          if (standing.trialId() != null || !standing.decisions().isEmpty()) {
            all.add(standing);
          }
        });
    return all;
  }

  private static String line(Verdict verdict) {
    Action action = verdict.action();
    String scope = verdict.scopeKey().isEmpty() ? "" : " (" + verdict.scopeKey() + ")";
    return verdict.criterionId()
        + scope
        + " "
        + (action == null ? verdict.outcome().toString() : verdict.phase() + ", asks for " + action)
        + ": "
        + verdict.evidence().reason();
  }

  private Engine engine(String id) {
    return engines.computeIfAbsent(id, key -> new Engine());
  }
}
