// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfig.Flags;
import dev.sluice.engine.config.TrialSetup;
import dev.sluice.engine.gate.AppliedControl;
import dev.sluice.schemas.text.Suggestion;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The feature flags in force: those of the configuration, and over them what control has set. All
 * that a record sets is taken up or none of it. Arm B of a trial has the same, and over them what
 * its plan sets. Not thread-safe.
 */
final class FlagSwitch {
  private static final String PLAN_KEY = "flags.";

  private final EngineConfig configured;
  private final TrialSetup trial;
  private AppliedControl seen;
  private Flags flags;
  private Map<String, Boolean> inForce;
  private String refusal;

  /**
   * @param trial null for an engine that knows no trial
   */
  FlagSwitch(EngineConfig configured, TrialSetup trial) {
    this.configured = configured;
    this.trial = trial;
    put(configured.flags());
  }

  /**
   * Takes up what control has set; true when a flag has changed.
   *
   * @param trialGoesOn a trial was in force before this record and is with it: flags stay as they
   *     are, or what is compared would change
   */
  boolean obey(AppliedControl applied, boolean trialGoesOn) {
    if (seen != null && seen.epoch() == applied.epoch()) {
      return false;
    }
    seen = applied;
    Map<String, Boolean> set = applied.flags() == null ? Map.of() : applied.flags();
    Flags wanted = FlagNames.with(configured.flags(), set);
    boolean changes = !wanted.equals(flags);
    refusal = refusal(set, changes && trialGoesOn);
    if (refusal != null || !changes) {
      return false;
    }
    put(wanted);
    return true;
  }

  /** By name, as configuration and health have them. */
  Map<String, Boolean> inForce() {
    return inForce;
  }

  /** Why the newest record's flags were not taken up, null when they were. */
  String refusal() {
    return refusal;
  }

  /** The engine's configuration under the flags in force. */
  EngineConfig config() {
    return configured.withFlags(flags);
  }

  /** The same of arm B, null for an engine that knows no trial. */
  EngineConfig treated() {
    if (trial == null) {
      return null;
    }
    Map<String, Boolean> ofB = FlagNames.of(trial.armB().flags());
    Map<String, Boolean> planned = new LinkedHashMap<>();
    ofB.forEach(
        (name, value) -> {
          if (trial.plan().armB().containsKey(PLAN_KEY + name)) {
            planned.put(name, value);
          }
        });
    return trial.armB().withFlags(FlagNames.with(flags, planned));
  }

  /** Nothing where the flags are as configured. */
  void hash(StateHash hash) {
    if (!flags.equals(configured.flags())) {
      hash.add(inForce.toString());
    }
  }

  private void put(Flags now) {
    flags = now;
    inForce = FlagNames.of(now);
  }

  private String refusal(Map<String, Boolean> set, boolean disturbsTrial) {
    for (String name : set.keySet()) {
      if (!inForce.containsKey(name)) {
        return "flag " + name + " is not known" + Suggestion.of(name, inForce.keySet());
      }
    }
    return disturbsTrial ? "a trial runs, and compares settings" : null;
  }
}
