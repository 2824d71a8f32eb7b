// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.stop;

import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.EdgeSum;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.codec.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Inputs of the stop criteria: ten-second buckets and heartbeats of engines with bad stretches. */
final class StopInputs {
  static final long START_US = 1_767_571_200_000_000L; // 2026-01-05T00:00:00Z

  private StopInputs() {}

  static List<CriterionSpec> criteria() {
    return CriteriaYaml.parse(
        "test.yaml",
        """
        - {id: miss, metric: deadline_miss_ratio, over: 1m, breach: "> 0.05", recover: "< 0.02",
           hold: 2m, recover_hold: 1m, on_missing: {after: 1m, action: PAUSE}, action: PAUSE,
           escalate: {to: HALT, after: 1m}}
        - {id: symbol-miss, metric: deadline_miss_ratio, over: 30s, breach: "> 0.5", scope: symbol,
           on_missing: {after: 1h, action: ALERT}, action: PAUSE, mode: shadow}
        - {id: slope, metric: rss_slope_mb_per_h, over: 5m, every: 1m, breach: "> 100", min_samples: 3,
           on_missing: {after: 1h, action: ALERT}, action: PAUSE}
        - {id: breaker, metric: breaker_open_s, instant: true, breach: "> 30",
           on_missing: {after: 5m, action: PAUSE}, action: HALT}
        - {id: alive, metric: event_age_s, instant: true, breach: "> 60",
           on_missing: {after: 5m, action: PAUSE}, action: HALT}
        """);
  }

  /** A run with a storm, a silence, an open breaker, growing memory and a RESUME. */
  static List<StopInput> eventful(String engineId, int buckets) {
    List<StopInput> inputs = new ArrayList<>();
    for (int index = 0; index < buckets; index++) {
      boolean silent = index >= 60 && index < 72;
      if (!silent) {
        inputs.add(StopInput.of(health(engineId, index)));
        inputs.add(StopInput.of(bucket(engineId, index, "BTCUSDT", false)));
      }
      inputs.add(StopInput.of(bucket(engineId, index, null, silent)));
      if (index == 45 || index == 80) {
        inputs.add(StopInput.of(resume(engineId)));
      }
    }
    return inputs;
  }

  static Bucket bucket(String engineId, int index, String symbol, boolean silent) {
    Map<String, Object> fields = common(engineId, index);
    fields.put("symbol", symbol);
    fields.put("start_us", startUs(index));
    fields.put("width_ms", 10_000);
    fields.put("last_event_ever_us", silent ? startUs(60) : startUs(index + 1) - 1);
    fields.put("closed_ingest_us", startUs(index + 1) + 5_000);
    for (String edge :
        List.of(
            "capture", "slippage", "fee", "markout1s", "markout5s", "markout30s", "markout60s")) {
      fields.put(edge, EdgeSum.ZERO);
    }
    if (!silent) {
      fields.put("events", 21);
      fields.put("ticks", 20);
      fields.put("deadline_misses", stormy(index) ? 15 : 0);
      fields.put("health_records", 1);
    }
    return Json.ofFields(fields, Bucket.class);
  }

  static Health health(String engineId, int index) {
    Map<String, Object> fields = common(engineId, index);
    fields.put("event_time_us", startUs(index));
    fields.put("seq", index + 1);
    return Json.ofFields(fields, Health.class);
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

  private static Map<String, Object> common(String engineId, int index) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("schema", "v1");
    fields.put("engine_id", engineId);
    fields.put("run_id", "run-1");
    fields.put("source", "SIMULATED");
    fields.put("started_at_us", START_US);
    fields.put("last_health_us", startUs(index));
    fields.put("rss_bytes", 100_000_000L + index * 1_000_000L);
    fields.put("breaker", index >= 50 && index < 58 ? "OPEN" : "CLOSED");
    fields.put("breaker_since_us", startUs(50));
    return fields;
  }

  private static boolean stormy(int index) {
    return (index >= 10 && index < 40) || (index >= 90 && index < 99);
  }

  private static long startUs(int index) {
    return START_US + index * 10_000_000L;
  }
}
