// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.rules.completeness.Coverage;
import dev.sluice.rules.completeness.MinuteRun;
import dev.sluice.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which minutes have a tick, with SQL. Quarantined records, whose times nobody believes, neither
 * cover a minute nor stretch the span.
 */
final class CoverageQueries {
  private static final String MINUTE = "epoch_us(event_time_us) // 60000000";

  private final Datasets datasets;
  private final Span span;

  CoverageQueries(Datasets datasets, Span span) {
    this.datasets = datasets;
    this.span = span;
  }

  /** One per engine that ticks or has a heartbeat. */
  List<Coverage> count() {
    List<String> spans = new ArrayList<>();
    for (String dataset : List.of("ticks", "health")) {
      if (datasets.has(dataset)) {
        spans.add("SELECT engine_id, " + MINUTE + " AS m FROM " + rows(dataset));
      }
    }
    if (spans.isEmpty()) {
      return List.of();
    }
    Map<String, List<MinuteRun>> runs = runs();
    List<Coverage> coverage = new ArrayList<>();
    for (List<Object> row :
        datasets
            .query(
                "SELECT engine_id, min(m), max(m) FROM ("
                    + String.join(" UNION ALL ", spans)
                    + ") GROUP BY 1 ORDER BY 1")
            .values()) {
      String engineId = String.valueOf(row.get(0));
      long last =
          span.until() == null
              ? StreamQueries.number(row.get(2))
              : Math.floorDiv(span.until().getEpochSecond() - 1, 60L);
      coverage.add(
          Coverage.of(
              engineId,
              runs.getOrDefault(engineId, List.of()),
              StreamQueries.number(row.get(1)),
              last));
    }
    return coverage;
  }

  private Map<String, List<MinuteRun>> runs() {
    Map<String, List<MinuteRun>> runs = new TreeMap<>();
    if (!datasets.has("ticks")) {
      return runs;
    }
    datasets
        .query(
            """
            WITH minutes AS (SELECT DISTINCT engine_id, {minute} AS m FROM {rows}),
            islands AS (SELECT engine_id, m,
                               m - row_number() OVER (PARTITION BY engine_id ORDER BY m) AS island
                        FROM minutes)
            SELECT engine_id, min(m), max(m) FROM islands GROUP BY engine_id, island ORDER BY 1, 2"""
                .replace("{minute}", MINUTE)
                .replace("{rows}", rows("ticks")))
        .values()
        .forEach(
            row ->
                runs.computeIfAbsent(String.valueOf(row.get(0)), engine -> new ArrayList<>())
                    .add(
                        new MinuteRun(
                            StreamQueries.number(row.get(1)), StreamQueries.number(row.get(2)))));
    return runs;
  }

  private String rows(String dataset) {
    String where = " WHERE " + span.engine() + " AND " + span.within("event_time_us");
    if (datasets.has("deadletters") && datasets.hasColumn(dataset, "_offset")) {
      where +=
          " "
              + """
           AND (_topic_partition, _offset) NOT IN (
             SELECT (d."partition"::BIGINT, d."offset") FROM deadletters d
             WHERE d.kind = 'QUARANTINED' AND d.topic = {topic})"""
                  .replace(
                      "{topic}",
                      Datasets.text(dataset.equals("ticks") ? Topics.TICKS : Topics.HEALTH));
    }
    return dataset + where;
  }
}
