// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.risk;

import dev.sluice.rules.risk.Mark;
import dev.sluice.rules.risk.RiskEvent;
import dev.sluice.rules.risk.Trade;
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
import java.util.Random;

/** Two engines that trade one symbol: nets, a breach, a silence, a jump, a restart, a RESUME. */
final class RiskInputs {
  static final List<String> ROSTER = List.of("mm-1", "mm-2");
  static final long START_US = 1_767_571_200_000_000L; // 2026-01-05T00:00:00Z

  private RiskInputs() {}

  static List<CriterionSpec> criteria() {
    return CriteriaYaml.parse(
        "test.yaml",
        """
        - {id: net, metric: net_exposure, instant: true, scope: portfolio, breach: ">= 2000",
           warn_at: 0.8, recover: "< 1500", recover_hold: 5s, latch: true,
           on_missing: {after: 10s, action: ALERT}, action: HALT}
        - {id: loss, metric: daily_loss_ratio, instant: true, scope: portfolio, breach: ">= 0.01",
           on_missing: {after: 10s, action: ALERT}, action: HALT, engines: [mm-2]}
        - {id: crowd, metric: concentration, instant: true, scope: portfolio, breach: ">= 0.17",
           on_missing: {after: 10s, action: ALERT}, action: PAUSE}
        """);
  }

  static List<PortfolioInput> eventful() {
    Random random = new Random(7);
    List<PortfolioInput> inputs = new ArrayList<>();
    double[] positions = new double[2];
    for (int second = 0; second < 120; second++) {
      for (int engine = 0; engine < 2; engine++) {
        boolean silent = engine == 1 && second > 60;
        String id = ROSTER.get(engine);
        String run = second < 50 ? "run-1" : "run-2";
        if (!silent && second % 5 == 0) {
          inputs.add(health(id, run, second));
        }
        if (!silent && second % 3 == 0) {
          int sign = engine == 0 ? 1 : -1;
          double qty = second < 40 ? 1 : -1;
          positions[engine] += sign * qty;
          inputs.add(trade(id, run, second, sign * qty, positions[engine]));
        }
        if (!silent) {
          double mid = second == 33 ? 1_000 : 100 + random.nextInt(100) / 100.0;
          inputs.add(mark(id, second, mid));
        }
        if (second % 10 == 9) {
          inputs.add(bucket(id, second + 1, silent ? 60 : second, silent ? 60 : second / 5 * 5));
        }
      }
      if (second == 70) {
        inputs.add(trade("mm-1", "run-2", second, 30, positions[0] += 30));
      }
      if (second == 80) {
        inputs.add(trade("mm-1", "run-2", second, -30, positions[0] -= 30));
      }
      if (second == 90) {
        inputs.add(resume("mm-1"));
      }
    }
    return inputs;
  }

  static PortfolioInput mark(String engine, double second, double mid) {
    return PortfolioInput.of(
        RiskEvent.of(new Mark(engine, "BTCUSDT", mid, us(second) + 100_000, us(second))));
  }

  static PortfolioInput trade(
      String engine, String run, int second, double signedQty, double positionAfter) {
    return PortfolioInput.of(
        RiskEvent.of(
            new Trade(
                engine,
                run,
                second + 1,
                "BTCUSDT",
                signedQty > 0 ? 1 : -1,
                100,
                Math.abs(signedQty),
                0.05,
                positionAfter,
                us(second),
                us(second))));
  }

  static PortfolioInput health(String engine, String run, int second) {
    Map<String, Object> fields = common(engine);
    fields.put("run_id", run);
    fields.put("seq", second + 1);
    fields.put("event_time_us", us(second));
    fields.put("equity", 10_000);
    fields.put("day_start_equity", 10_000);
    return PortfolioInput.of(RiskEvent.of(Json.ofFields(fields, Health.class), us(second)));
  }

  static PortfolioInput bucket(String engine, int endSecond, int lastWord, int lastHealth) {
    Map<String, Object> fields = common(engine);
    fields.put("start_us", us(endSecond - 10));
    fields.put("width_ms", 10_000);
    fields.put("last_health_us", us(lastHealth));
    fields.put("last_event_ever_us", us(lastWord));
    for (String edge :
        List.of(
            "capture", "slippage", "fee", "markout1s", "markout5s", "markout30s", "markout60s")) {
      fields.put(edge, EdgeSum.ZERO);
    }
    return PortfolioInput.of(Json.ofFields(fields, Bucket.class));
  }

  static PortfolioInput resume(String engine) {
    return PortfolioInput.of(
        new Command(
            Command.SCHEMA,
            "c-1",
            engine,
            "ann",
            "checked",
            CommandAction.RESUME,
            "engine",
            null,
            0,
            null));
  }

  static long us(double second) {
    return START_US + (long) (second * 1e6);
  }

  private static Map<String, Object> common(String engine) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("schema", "v1");
    fields.put("engine_id", engine);
    fields.put("source", "SIMULATED");
    fields.put("breaker", "CLOSED");
    return fields;
  }
}
