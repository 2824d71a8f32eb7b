// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.trial;

import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.trial.TrialPlan;
import dev.sluice.rules.trial.TrialYaml;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.EdgeSum;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.TrialState;
import dev.sluice.schemas.codec.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Inputs of the judge of trials: a stage whose arm B misses deadlines, and its way back. */
final class TrialInputs {
  static final long START_US = 1_767_571_200_000_000L; // 2026-01-05T00:00:00Z
  private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");
  private static final int MINUTE = 6;
  private static final TrialPlan PLAN =
      TrialYaml.parse(
          "t.yaml",
          """
          id: t
          description: For tests.
          kind: AB
          salt: s
          slot: 60s
          warmup: 10s
          stages: [0.5, 1.0]
          arm_b: {flags.queue_eta: true}
          acceptance:
            dwell: 10m
            confidence: 0.95
            min_blocks: 6
            min_fills: 10
            max_sample_ratio_p: 0.001
            goal: {metric: net_bps, at_least: 0.2}
            guardrails: {slippage_bps: 0.5}
            signals: [capture_bps]
          """);

  private TrialInputs() {}

  static TrialSettings settings() {
    return new TrialSettings(
        Map.of(PLAN.id(), PLAN),
        CriteriaYaml.parse(
            "test.yaml",
            """
            - {id: slip, metric: delta_slippage_lower_bps, instant: true, breach: "> 0", hold: 4m,
               on_missing: {after: 10m, action: HOLD}, action: ROLLBACK}
            - {id: miss, metric: deadline_miss_ratio_b, instant: true, breach: ">= 0.02", hold: 4m,
               min_samples: 100, on_missing: {after: 10m, action: HOLD}, action: ROLLBACK}
            - {id: p95, metric: tick_total_p95_regression_ratio, instant: true, breach: "> 0.1",
               hold: 4m, min_samples: 100, on_missing: {after: 4m, action: HOLD}, action: ROLLBACK}
            """),
        10_000,
        60_000);
  }

  /** Trial from minute 2, misses from minute 12, a RESUME at 17, rolled back at 20. */
  static List<TrialInput> eventful(String engineId, int buckets) {
    List<TrialInput> inputs = new ArrayList<>();
    for (int index = 0; index < buckets; index++) {
      for (String symbol : SYMBOLS) {
        Arm arm = arm(symbol, index);
        if (arm != null) {
          inputs.add(TrialInput.of(bucket(engineId, index, symbol, arm)));
        }
      }
      inputs.add(TrialInput.of(bucket(engineId, index, null, null)));
      if (index == 17 * MINUTE) {
        inputs.add(TrialInput.of(resume(engineId)));
      }
    }
    return inputs;
  }

  private static Arm arm(String symbol, int index) {
    TrialState trial = trial(index);
    if (trial == null || trial.treatmentShare() == 0 || index % MINUTE == 0) {
      return null;
    }
    return SlotAssignment.arm(
        trial.salt(), symbol, SlotAssignment.slot(startUs(index), trial.slotMs()), 0.5);
  }

  private static TrialState trial(int index) {
    if (index < 2 * MINUTE) {
      return null;
    }
    boolean back = index >= 20 * MINUTE;
    RolloutState rollout =
        back ? RolloutState.rolledBack(PLAN.id()) : RolloutState.running(PLAN.id(), 0.5);
    return new TrialState(
        PLAN.id(),
        rollout.stage(),
        rollout.treatmentShare(),
        startUs((back ? 20 : 2) * MINUTE),
        PLAN.salt(),
        PLAN.slotMs(),
        PLAN.warmupMs(),
        TrialState.armBHash(PLAN.armB()));
  }

  private static Bucket bucket(String engineId, int index, String symbol, Arm arm) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("schema", Bucket.SCHEMA);
    fields.put("engine_id", engineId);
    fields.put("source", "SIMULATED");
    fields.put("symbol", symbol);
    fields.put("arm", arm);
    fields.put("start_us", startUs(index));
    fields.put("width_ms", 10_000);
    fields.put("closed_ingest_us", startUs(index + 1) + 5_000);
    fields.put("events", 22);
    fields.put("ticks", 20);
    fields.put("deadline_misses", arm == Arm.B && index >= 12 * MINUTE ? 10 : 0);
    fields.put("fills", 2);
    fields.put("notional_e6", 2_000_000);
    fields.put("health_records", 1);
    for (String edge :
        List.of(
            "capture", "slippage", "fee", "markout1s", "markout5s", "markout30s", "markout60s")) {
      fields.put(edge, new EdgeSum(2_000_000, (index * 7L) % 11 * 100_000));
    }
    fields.put("trial", arm == null && symbol == null ? trial(index) : null);
    return Json.ofFields(fields, Bucket.class);
  }

  static Command resume(String engineId) {
    return new Command(
        Command.SCHEMA,
        "c-1",
        engineId,
        "ann",
        "checked",
        CommandAction.RESUME,
        "engine",
        null,
        0,
        null);
  }

  private static long startUs(int index) {
    return START_US + index * 10_000_000L;
  }
}
