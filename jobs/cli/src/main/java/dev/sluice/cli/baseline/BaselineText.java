// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.baseline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.TextTable;
import dev.sluice.rules.baseline.Baseline;
import dev.sluice.rules.baseline.BaselineCheck;
import dev.sluice.rules.baseline.LatencyFigures;
import dev.sluice.rules.spec.Limit;
import dev.sluice.schemas.codec.Json;
import java.util.List;
import java.util.Map;

/** A baseline and the checks against it, for people and for programs. */
public final class BaselineText {
  private static final String NONE = "no data";

  private BaselineText() {}

  /** What was locked. */
  public static String of(Baseline baseline) {
    TextTable table = new TextTable("latency", "p50 ms", "p95 ms", "p99 ms", "ticks");
    for (Map.Entry<String, LatencyFigures> each : baseline.latency().entrySet()) {
      LatencyFigures ms = each.getValue();
      table.row(
          each.getKey(),
          number(ms.p50Ms()),
          number(ms.p95Ms()),
          number(ms.p99Ms()),
          Long.toString(ms.n()));
    }
    return table.render()
        + "cache hit ratio      "
        + number(baseline.hitRatio())
        + " of "
        + baseline.lookups()
        + "\ndeadline miss ratio  "
        + number(baseline.missRatio())
        + " of "
        + baseline.ticks()
        + "\nhourly PnL           mean "
        + number(baseline.pnlHourlyMean())
        + ", sigma "
        + number(baseline.pnlHourlySigma())
        + ", "
        + baseline.hours()
        + " hours\nhost                 "
        + baseline.host()
        + "\n";
  }

  /** The checks, the failed ones with their reason below. */
  public static String of(List<BaselineCheck> checks) {
    TextTable table = new TextTable("check", "locked", "measured", "worst", "n", "", "why");
    for (BaselineCheck check : checks) {
      table.row(
          check.id(),
          cell(check.locked()),
          cell(check.measured()),
          cell(check.limit()),
          check.n() == 0 ? "" : Long.toString(check.n()),
          check.outcome().name(),
          check.reason());
    }
    long failed = checks.stream().filter(check -> !check.passes()).count();
    return table.render()
        + (failed == 0
            ? "\nAs good as the baseline.\n"
            : "\nNot as good as the baseline: " + failed + " of " + checks.size() + " checks.\n");
  }

  /** The same, as one JSON document. */
  public static String json(String engineId, List<BaselineCheck> checks) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("ok", checks.stream().allMatch(BaselineCheck::passes));
    root.put("engine_id", engineId);
    ArrayNode all = root.putArray("checks");
    checks.forEach(check -> all.add(Json.mapper().<ObjectNode>valueToTree(check)));
    try {
      return Json.mapper().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The figures of one check in a line. */
  static String figures(BaselineCheck check) {
    return "locked "
        + number(check.locked())
        + ", measured "
        + number(check.measured())
        + ", worst allowed "
        + number(check.limit())
        + " "
        + check.unit()
        + ", n "
        + check.n();
  }

  private static String cell(Double value) {
    return value == null ? "-" : number(value);
  }

  private static String number(Double value) {
    return value == null ? NONE : Limit.number(Math.round(value * 1e4) / 1e4);
  }
}
