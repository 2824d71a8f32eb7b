// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Five questions of an analyst to the ticks that {@link DatasetFeed} wrote, in DuckDB. */
final class DatasetQueries {
  private static final int REPEATS = 3;

  /**
   * A question.
   *
   * @param where what of the ticks it is about; true for all
   * @param sql with %1$s for the ticks and %2$s for {@code where}
   */
  record Query(String name, String where, String sql) {}

  private static final String HOUR =
      "date = '%1$s' AND engine = '%2$s' AND event_time_us >= TIMESTAMPTZ '%1$s 10:00:00+00'"
          + " AND event_time_us < TIMESTAMPTZ '%1$s 11:00:00+00'";

  static final List<Query> ALL =
      List.of(
          new Query(
              "one engine, one hour: 95th percentile",
              HOUR.formatted(DatasetFeed.date(2), TickFeed.name(1)),
              "SELECT count(*), quantile_cont(total_ms, 0.95) FROM %1$s WHERE %2$s"),
          new Query(
              "miss ratio by minute of one day",
              "date = '" + DatasetFeed.date(3) + "'",
              "SELECT time_bucket(INTERVAL 1 MINUTE, event_time_us) AS minute, avg((total_ms >"
                  + " deadline_ms)::INT) FROM %1$s WHERE %2$s GROUP BY 1 ORDER BY 1"),
          new Query(
              "mid five seconds later, one hour (ASOF JOIN)",
              HOUR.formatted(DatasetFeed.date(4), TickFeed.name(2)),
              "WITH hour AS MATERIALIZED (SELECT symbol, event_time_us, (bid + ask) / 2 AS mid"
                  + " FROM %1$s WHERE %2$s) SELECT avg((l.mid - h.mid) / h.mid * 1e4) FROM hour h"
                  + " ASOF JOIN hour l ON h.symbol = l.symbol"
                  + " AND h.event_time_us + INTERVAL 5 SECOND <= l.event_time_us"),
          new Query(
              "widest symbols of all",
              "true",
              "SELECT symbol, avg((ask - bid) / (ask + bid) * 2e4) AS spread_bps FROM %1$s"
                  + " WHERE %2$s GROUP BY 1 ORDER BY 2 DESC LIMIT 5"),
          new Query(
              "count and last seq of each run",
              "true",
              "SELECT run_id, count(*), max(seq) FROM %1$s WHERE %2$s GROUP BY 1 ORDER BY 1"));

  private DatasetQueries() {}

  /**
   * Asks each: the first time in a DuckDB of its own, and the median of three times again there.
   * The operating system's cache is not emptied between them.
   */
  static List<DatasetReport.Asked> run(Path directory, Consumer<String> progress)
      throws SQLException, IOException {
    String files = directory + "/dataset=ticks/**/*.parquet";
    String ticks = "read_parquet('" + files.replace("'", "''") + "', hive_partitioning = true)";
    List<DatasetReport.Asked> asked = new ArrayList<>();
    for (Query query : ALL) {
      String sql = query.sql().formatted(ticks, query.where());
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = connection.createStatement()) {
        statement.execute("SET TimeZone = 'UTC'");
        double first = seconds(statement, sql);
        double[] again = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
          again[i] = seconds(statement, sql);
        }
        Arrays.sort(again);
        JsonNode plan = plan(statement, sql);
        asked.add(
            new DatasetReport.Asked(
                query.name(),
                first,
                again[REPEATS / 2],
                number(statement, "SELECT count(*) FROM " + ticks + " WHERE " + query.where()),
                rowsOfGroups(statement, files, query.where()),
                number(statement, "SELECT count(*) FROM " + ticks),
                plan == null ? "none" : plan.path("Scanning Files").asText("all"),
                plan == null ? "none" : plan.toString(),
                sql));
      }
      progress.accept("asked: " + query.name());
    }
    return asked;
  }

  private static double seconds(Statement statement, String sql) throws SQLException {
    long start = System.nanoTime();
    try (ResultSet result = statement.executeQuery(sql)) {
      long rows = 0;
      while (result.next()) {
        rows++;
      }
      if (rows == 0) {
        throw new IllegalStateException("no rows: " + sql);
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** What the executed plan says of the scan: files, filters, projections. */
  private static JsonNode plan(Statement statement, String sql) throws SQLException, IOException {
    try (ResultSet result = statement.executeQuery("EXPLAIN (ANALYZE, FORMAT JSON) " + sql)) {
      result.next();
      for (JsonNode node : Json.mapper().readTree(result.getString(2)).findParents("extra_info")) {
        if (node.path("operator_type").asText().equals("TABLE_SCAN")
            && node.path("extra_info").has("Function")) {
          return node.path("extra_info");
        }
      }
    }
    return null;
  }

  /** Rows of the row groups whose statistics and partitions do not exclude the filter. */
  private static long rowsOfGroups(Statement statement, String files, String where)
      throws SQLException {
    String overlapping =
        where
            .replaceAll("event_time_us >= (TIMESTAMPTZ '[^']*')", "last_at >= $1")
            .replaceAll("event_time_us < (TIMESTAMPTZ '[^']*')", "first_at < $1");
    return number(
        statement,
        "SELECT sum(rows) FROM (SELECT any_value(row_group_num_rows) AS rows,"
            + " regexp_extract(file_name, 'date=([^/]*)', 1) AS date,"
            + " regexp_extract(file_name, 'engine=([^/]*)', 1) AS engine,"
            + " min(stats_min_value)::TIMESTAMPTZ AS first_at,"
            + " max(stats_max_value)::TIMESTAMPTZ AS last_at FROM parquet_metadata('"
            + files.replace("'", "''")
            + "') WHERE path_in_schema = 'event_time_us' GROUP BY file_name, row_group_id) WHERE "
            + overlapping);
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }
}
