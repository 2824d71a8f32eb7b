// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import java.util.List;
import java.util.Map;

/**
 * Any number of windowed criteria, all evaluated with every bucket: the kinds and windows that the
 * shipped ones have, in turn, each with an id of its own.
 */
final class ScaleCriteria {
  private record Kind(String metric, String over, String breach, String recover) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("deadline_miss_ratio", "1m", "> 0.05", "< 0.02"),
          new Kind("cache_hit_ratio", "1m", "< 0.5", ">= 0.6"),
          new Kind("tick_total_p95_ms", "1m", "> 200", "< 150"),
          new Kind("stale_served_ratio", "5m", "> 0.5", "< 0.4"),
          new Kind("fetch_md_p95_ms", "5m", "> 200", "< 150"),
          new Kind("tick_rate", "5m", "< 0.001", "> 0.002"));

  private ScaleCriteria() {}

  static List<CriterionSpec> of(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Kind kind = KINDS.get(i % KINDS.size());
      text.append("- id: scale-").append(i + 1).append('\n');
      text.append("  description: One of many.\n");
      text.append("  metric: ").append(kind.metric()).append('\n');
      text.append("  over: ").append(kind.over()).append('\n');
      text.append("  breach: \"").append(kind.breach()).append("\"\n");
      text.append("  recover: \"").append(kind.recover()).append("\"\n");
      text.append("  hold: 1m\n  recover_hold: 1m\n");
      text.append("  on_missing: {after: 5m, action: PAUSE}\n");
      text.append("  severity: critical\n  action: PAUSE\n");
    }
    return CriteriaYaml.parseAll(Map.of("scale", text.toString()));
  }
}
