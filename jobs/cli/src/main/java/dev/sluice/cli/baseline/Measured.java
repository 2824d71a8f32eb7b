// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.baseline;

import dev.sluice.cli.CliException;
import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.dataset.Rows;
import dev.sluice.cli.verify.Span;
import dev.sluice.rules.baseline.Baseline;
import dev.sluice.rules.baseline.LatencyFigures;
import dev.sluice.schemas.Source;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Measures one engine's figures from ticks and heartbeats. A tick that came twice counts once.
 * Hourly PnL is the change of equity from the last heartbeat of one hour to that of the next; an
 * hour without heartbeats ends the chain, so nothing is made up for it.
 */
public final class Measured {
  private static final String TICKS =
      """
      CREATE OR REPLACE TEMP TABLE run_ticks AS
      SELECT DISTINCT ON (run_id, seq) run_id, source, event_time_us, total_ms, deadline_ms, cache_hit, COLUMNS('stages_.*_ms') FROM ticks WHERE engine_id = %s AND %s
      """;
  private static final String TOTALS =
      """
      SELECT epoch_us(min(event_time_us)) AS since_us, epoch_us(max(event_time_us)) AS until_us, count(*) AS ticks,
        avg((total_ms > deadline_ms)::INT) AS miss_ratio, count(cache_hit) AS lookups, avg(cache_hit::INT) AS hit_ratio,
        list_sort(list(DISTINCT run_id)) AS runs, list(DISTINCT source) AS sources
      FROM run_ticks
      """;
  private static final String LATENCY =
      """
      SELECT count(ms) AS n, quantile_disc(ms, [0.50, 0.95, 0.99]) AS ms
      FROM (SELECT %s AS ms FROM run_ticks) WHERE isfinite(ms)
      """;
  private static final String BUILD =
      """
      SELECT coalesce(list_sort(list(DISTINCT build_id)), []) AS builds,
        coalesce(list_sort(list(DISTINCT config_hash)), []) AS configs
      FROM health WHERE engine_id = %s AND %s
      """;
  private static final String PNL =
      """
      WITH hourly AS (
        SELECT time_bucket(INTERVAL 1 HOUR, event_time_us) AS hour, arg_max(equity, event_time_us) AS equity
        FROM health WHERE engine_id = %s AND %s AND isfinite(equity) GROUP BY hour),
      changes AS (
        SELECT hour, equity - lag(equity) OVER (ORDER BY hour) AS pnl, hour - lag(hour) OVER (ORDER BY hour) AS step,
          hour = max(hour) OVER () AS unfinished
        FROM hourly)
      SELECT avg(pnl) AS mean, stddev_samp(pnl) AS sigma, count(*) AS hours
      FROM changes WHERE step = INTERVAL 1 HOUR AND NOT unfinished
      """;

  private Measured() {}

  /**
   * The figures.
   *
   * @param span with the engine; null for the only one there is
   * @param nowUs wall clock
   * @throws CliException when there are no ticks or heartbeats of it
   */
  public static Baseline of(Datasets datasets, String where, Span span, long nowUs) {
    for (String needed : List.of("ticks", "health")) {
      if (!datasets.has(needed)) {
        throw CliException.usage(
            "there is no dataset " + needed, where, "give the datasets directory of a run");
      }
    }
    String id = span.engineId() == null ? onlyEngine(datasets, where) : span.engineId();
    String engine = Datasets.text(id);
    String within = span.within("event_time_us");
    datasets.execute(TICKS.formatted(engine, within));
    Map<String, Object> totals = row(datasets, TOTALS);
    if (number(totals, "ticks") == 0) {
      throw CliException.usage(
          "there is not one tick of " + id, where, "check --engine, --since and --until");
    }
    Map<String, Object> build = row(datasets, BUILD.formatted(engine, within));
    Map<String, Object> pnl = row(datasets, PNL.formatted(engine, within));
    return new Baseline(
        Baseline.SCHEMA,
        id,
        weakest(totals.get("sources")),
        texts(totals.get("runs")),
        texts(build.get("builds")),
        texts(build.get("configs")),
        number(totals, "since_us"),
        number(totals, "until_us"),
        nowUs,
        ThisHost.read(),
        latency(datasets),
        number(totals, "ticks"),
        figure(totals.get("miss_ratio")),
        number(totals, "lookups"),
        figure(totals.get("hit_ratio")),
        figure(pnl.get("mean")),
        figure(pnl.get("sigma")),
        number(pnl, "hours"));
  }

  private static String onlyEngine(Datasets datasets, String where) {
    List<String> engines =
        datasets.query("SELECT DISTINCT engine_id FROM ticks ORDER BY 1").values().stream()
            .map(row -> String.valueOf(row.get(0)))
            .toList();
    if (engines.size() != 1) {
      throw CliException.usage(
          engines.isEmpty() ? "there is not one tick" : "there are several engines",
          where,
          engines.isEmpty() ? "give those of a run" : "give --engine, one of " + engines);
    }
    return engines.get(0);
  }

  private static SortedMap<String, LatencyFigures> latency(Datasets datasets) {
    TreeMap<String, LatencyFigures> latency = new TreeMap<>();
    List<String> columns = datasets.columns("ticks");
    for (String stage : Baseline.STAGES) {
      String column = "stages_" + stage + "_ms";
      if (columns.contains(column)) {
        put(latency, stage, row(datasets, LATENCY.formatted(column)));
      }
    }
    put(latency, Baseline.TOTAL, row(datasets, LATENCY.formatted("total_ms")));
    return latency;
  }

  private static void put(
      Map<String, LatencyFigures> latency, String name, Map<String, Object> row) {
    if (row.get("ms") instanceof List<?> ms) {
      latency.put(
          name,
          new LatencyFigures(
              figure(ms.get(0)), figure(ms.get(1)), figure(ms.get(2)), number(row, "n")));
    }
  }

  private static Map<String, Object> row(Datasets datasets, String sql) {
    Rows rows = datasets.query(sql);
    return rows.maps().get(0);
  }

  private static long number(Map<String, Object> row, String name) {
    return row.get(name) == null ? 0 : ((Number) row.get(name)).longValue();
  }

  /** Null where there is none; a figure that is not finite is none. */
  private static Double figure(Object value) {
    if (value == null || !Double.isFinite(((Number) value).doubleValue())) {
      return null;
    }
    return ((Number) value).doubleValue();
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }

  private static Source weakest(Object sources) {
    return texts(sources).stream()
        .map(Source::valueOf)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }
}
