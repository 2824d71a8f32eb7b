// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.rules.spec.CriterionSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * An independent word on when a criterion had to trip: SQL over the raw events alone (ticks, fills,
 * health), never over buckets or verdicts. It shares with the judge the numbers of the criterion's
 * text (limit, window, cadence, hold) and nothing of its code.
 *
 * <p>Holds are measured as the judge must: from the first evaluation in breach to the end of the
 * newest bucket of the window that violates the limit by itself; an evaluation that passes ends the
 * hold. Windows without enough samples neither begin nor end one.
 */
final class Oracle {
  private static final long BUCKET_US = 10_000_000L;

  private final Datasets datasets;
  private final String engineId;

  Oracle(Datasets datasets, String engineId) {
    this.datasets = datasets;
    this.engineId = engineId;
  }

  /**
   * When each expectation of the scenario became due by the raw events, by {@link Expected#key}. An
   * expectation that never did, or whose metric this oracle does not know ({@link #knows}), is
   * absent.
   *
   * @param startUs event time of the run's start
   */
  Map<String, Long> due(Scenario scenario, long startUs, List<CriterionSpec> criteria) {
    Map<String, Long> due = new HashMap<>();
    for (Scenario.Fault fault : scenario.faults()) {
      for (Scenario.Expectation expectation : fault.expect()) {
        criteria.stream()
            .filter(spec -> spec.id().equals(expectation.criterion()))
            .filter(spec -> spec.action() == expectation.action() && knows(spec))
            .findFirst()
            .ifPresent(
                spec ->
                    firstTrip(
                            spec,
                            startUs + fault.atMs() * 1000,
                            startUs + (fault.endMs() + spec.overMs() + spec.holdMs()) * 1000)
                        .ifPresent(us -> due.put(Expected.key(fault, expectation), us)));
      }
    }
    return due;
  }

  /** True when the metric can be recomputed here. */
  static boolean knows(CriterionSpec spec) {
    return switch (spec.metric()) {
      case DEADLINE_MISS_RATIO, CACHE_HIT_RATIO, TAKER_SHARE, RSS_SLOPE_MB_PER_H, BREAKER_OPEN_S ->
          true;
      default -> false;
    };
  }

  /** Event time of the first evaluation in {@code [fromUs, toUs]} at which the hold was met. */
  OptionalLong firstTrip(CriterionSpec spec, long fromUs, long toUs) {
    String sql =
        switch (spec.metric()) {
          case DEADLINE_MISS_RATIO ->
              ratio(
                  spec,
                  fromUs,
                  toUs,
                  "ticks",
                  "CASE WHEN total_ms > deadline_ms THEN 1 ELSE 0 END",
                  "1");
          case CACHE_HIT_RATIO ->
              ratio(
                  spec,
                  fromUs,
                  toUs,
                  "ticks",
                  "CASE WHEN cache_hit THEN 1 ELSE 0 END",
                  "CASE WHEN cache_hit IS NULL THEN 0 ELSE 1 END");
          case TAKER_SHARE ->
              ratio(
                  spec,
                  fromUs,
                  toUs,
                  "fills",
                  "CASE WHEN liquidity = 'TAKER' THEN price::DOUBLE * qty::DOUBLE ELSE 0 END",
                  "price::DOUBLE * qty::DOUBLE");
          case RSS_SLOPE_MB_PER_H -> slope(spec, fromUs, toUs);
          case BREAKER_OPEN_S -> breaker(spec, fromUs, toUs);
          default -> throw new IllegalArgumentException("no oracle for " + spec.metric());
        };
    Object first = datasets.query(sql).values().get(0).get(0);
    return first == null ? OptionalLong.empty() : OptionalLong.of(((Number) first).longValue());
  }

  /** Σ part / Σ whole over the window, from sums per 10 s. */
  private String ratio(
      CriterionSpec spec, long fromUs, long toUs, String events, String part, String whole) {
    return fill(
        """
        WITH sums AS (
          SELECT epoch_us(event_time_us) // {bucket} * {bucket} AS start_us,
                 sum({part}) AS part, sum({whole}) AS whole, sum(CASE WHEN {whole} > 0 THEN 1 ELSE 0 END) AS n
          FROM {events} WHERE engine_id = '{engine}'
            AND epoch_us(event_time_us) >= {from} - {over} - {hold} AND epoch_us(event_time_us) < {to}
          GROUP BY 1),
        evaluation AS ({grid}),
        measured AS (
          SELECT at_us, sum(part) / sum(whole) AS value, sum(n) AS n,
                 max(CASE WHEN whole > 0 AND part / whole {breach} THEN start_us + {bucket} END) AS breach_until_us
          FROM evaluation LEFT JOIN sums ON start_us >= at_us - {over} AND start_us < at_us
          GROUP BY at_us),
        {held}
        """,
        spec,
        fromUs,
        toUs,
        Map.of("events", events, "part", part, "whole", whole));
  }

  /** Theil-Sen: the median slope of all pairs of one-minute medians in the window. */
  private String slope(CriterionSpec spec, long fromUs, long toUs) {
    return fill(
        """
        WITH minute AS (
          SELECT epoch_us(event_time_us) // 60000000 AS m, median(rss_bytes) / 1e6 AS mb
          FROM health WHERE engine_id = '{engine}'
            AND epoch_us(event_time_us) >= epoch_us(started_at_us) + {warmup}
            AND epoch_us(event_time_us) >= {from} - {over} - {hold} AND epoch_us(event_time_us) < {to}
          GROUP BY 1),
        evaluation AS ({grid}),
        measured AS (
          SELECT at_us, median((b.mb - a.mb) / (b.m - a.m)) * 60 AS value,
                 count(DISTINCT a.m) + 1 AS n, at_us AS breach_until_us
          FROM evaluation
          LEFT JOIN minute a ON a.m * 60000000 >= at_us - {over} AND a.m * 60000000 < at_us
          LEFT JOIN minute b ON b.m > a.m AND b.m * 60000000 < at_us
          GROUP BY at_us),
        {held}
        """,
        spec,
        fromUs,
        toUs,
        Map.of());
  }

  /** The first heartbeat that finds the breaker open for too long. */
  private String breaker(CriterionSpec spec, long fromUs, long toUs) {
    return fill(
        """
        SELECT epoch_us(min(event_time_us)) FROM health
        WHERE engine_id = '{engine}' AND epoch_us(event_time_us) BETWEEN {from} AND {to}
          AND breaker = 'OPEN' AND (epoch_us(event_time_us) - epoch_us(breaker_since_us)) / 1e6 {breach}
        """,
        spec,
        fromUs,
        toUs,
        Map.of());
  }

  /** The judge's cadence, aligned to event time, from early enough for a hold to have begun. */
  private static final String GRID =
      """
      SELECT unnest(generate_series(
        ({from} - {hold}) // {every} * {every}, {to} // {every} * {every}, {every})) AS at_us""";

  private static final String HELD =
      """
      judged AS (
        SELECT at_us, breach_until_us, coalesce(n >= {min_samples} AND value {breach}, false) AS breach,
               coalesce(n >= {min_samples} AND NOT (value {breach}), false) AS pass
        FROM measured),
      island AS (
        SELECT *, count(*) FILTER (WHERE pass) OVER (ORDER BY at_us) AS id FROM judged),
      held AS (
        SELECT *, min(at_us) FILTER (WHERE breach) OVER (PARTITION BY id ORDER BY at_us) AS since_us FROM island)
      SELECT min(at_us) FROM held
      WHERE breach AND breach_until_us - since_us >= {hold} AND at_us >= {from}""";

  private String fill(
      String template, CriterionSpec spec, long fromUs, long toUs, Map<String, String> more) {
    String sql = template.replace("{grid}", GRID).replace("{held}", HELD);
    for (Map.Entry<String, String> entry : more.entrySet()) {
      sql = sql.replace("{" + entry.getKey() + "}", entry.getValue());
    }
    Map<String, Object> values = new HashMap<>();
    values.put("engine", engineId.replace("'", "''"));
    values.put("bucket", BUCKET_US);
    values.put("from", fromUs);
    values.put("to", toUs);
    values.put("over", spec.overMs() * 1000);
    values.put("every", Math.max(spec.everyMs() * 1000, BUCKET_US));
    values.put("hold", spec.holdMs() * 1000);
    values.put("warmup", spec.warmupMs() * 1000);
    values.put("min_samples", spec.minSamples());
    values.put("breach", spec.breach());
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      sql =
          sql.replace(
              "{" + entry.getKey() + "}", String.format(Locale.ROOT, "%s", entry.getValue()));
    }
    return sql;
  }
}
