// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import dev.sluice.cli.dataset.Datasets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** No judgement is stored twice, by what makes it the same judgement. */
final class StoredJudgements {
  private static final Map<String, String> IDENTITIES =
      new TreeMap<>(
          Map.of(
              "buckets", "engine_id, arm, symbol, start_us",
              "verdicts", "verdict_id",
              "findings", "finding_id, status, event_time_us",
              "drift", "engine_id, event_time_us",
              "audit", "audit_id",
              "audit_log", "engine_id, hash"));

  private static final String WHAT = "no judgement is there twice";

  private StoredJudgements() {}

  static DrillCheck of(Datasets datasets) {
    List<String> problems = new ArrayList<>();
    long judgements = 0;
    for (Map.Entry<String, String> each : IDENTITIES.entrySet()) {
      String dataset = each.getKey();
      if (datasets.has(dataset)) {
        judgements += datasets.rows(dataset);
        int twice =
            datasets
                .query(
                    "SELECT "
                        + each.getValue()
                        + ", count(*) FROM "
                        + dataset
                        + " GROUP BY ALL HAVING count(*) > 1")
                .values()
                .size();
        if (twice > 0) {
          problems.add(twice + " of " + dataset);
        }
      }
    }
    if (!datasets.has("buckets") || !datasets.has("verdicts")) {
      problems.add("there are no buckets, or no verdicts");
    }
    return problems.isEmpty()
        ? DrillCheck.pass(WHAT, "%,d judgements", judgements)
        : new DrillCheck(WHAT, false, String.join("; ", problems));
  }
}
