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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Five questions an analyst asks of the ticks, each with what DuckDB read to answer it. */
final class AnalystQueries {
  /**
   * A question.
   *
   * @param where which ticks it is about, by date, engine and event time
   * @param sql with %1$s for the dataset and %2$s for {@code where}
   */
  private record Question(String name, String where, String sql) {}

  private static final long HOUR_S = 3_600;

  private final Path directory;
  private final long seconds;
  private final String files;
  private final String ticks;

  /**
   * On the dataset of ticks below a directory.
   *
   * @param seconds of event time in it; of less than three hours a third is taken for an hour
   */
  AnalystQueries(Path directory, long seconds) {
    this.directory = directory;
    this.seconds = seconds;
    this.files = directory.resolve("dataset=ticks").toString().replace("'", "''") + "/**/*.parquet";
    this.ticks = "read_parquet('" + files + "', hive_partitioning = true)";
  }

  /** Asks each question twice, the first time with a connection of its own. */
  List<DatasetReport.Query> ask() throws SQLException, IOException {
    List<DatasetReport.Query> asked = new ArrayList<>();
    for (Question question : questions()) {
      try (Connection connection = connect(directory);
          Statement statement = connection.createStatement()) {
        String sql = question.sql().formatted(ticks, question.where());
        double firstMs = runMs(statement, sql);
        double againMs = runMs(statement, sql);
        JsonNode scan = scan(statement, sql);
        asked.add(
            new DatasetReport.Query(
                question.name(),
                sql,
                firstMs,
                againMs,
                number(statement, "SELECT count(*) FROM " + ticks + " WHERE " + question.where()),
                rowsOfGroups(statement, question.where()),
                scan.path("Scanning Files").asText("all"),
                scan.path("Filters").toString()));
      }
    }
    return asked;
  }

  /** An in-memory database that spills beside the datasets. */
  static Connection connect(Path directory) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          "SET temp_directory = '"
              + directory.resolve("spill").toString().replace("'", "''")
              + "'");
    }
    return connection;
  }

  private List<Question> questions() {
    Instant start = Instant.ofEpochSecond(EngineTicks.START_US / 1_000_000);
    String day = start.toString().substring(0, 10);
    String ofDay = "date = '" + day + "'";
    long hourS = Math.min(HOUR_S, seconds / 3);
    String ofHour =
        "engine = '"
            + EngineTicks.name(0)
            + "' AND "
            + ofDay
            + " AND event_time_us >= TIMESTAMPTZ '"
            + start.plusSeconds(hourS)
            + "' AND event_time_us < TIMESTAMPTZ '"
            + start.plusSeconds(2 * hourS)
            + "'";
    return List.of(
        new Question(
            "p95 of one engine's passes in one hour, by symbol",
            ofHour,
            "SELECT symbol, quantile_cont(total_ms, 0.95) FROM %1$s WHERE %2$s GROUP BY symbol"),
        new Question(
            "missed deadlines by minute, all engines, one day",
            ofDay,
            "SELECT time_bucket(INTERVAL 1 MINUTE, event_time_us) AS minute,"
                + " avg((total_ms > deadline_ms)::INT) FROM %1$s WHERE %2$s GROUP BY minute"),
        new Question(
            "move of the mid in the 5 s after each tick, one engine, one hour",
            ofHour,
            "WITH t AS (SELECT symbol, event_time_us AS at, (bid + ask) / 2 AS mid FROM %1$s"
                + " WHERE %2$s) SELECT a.symbol, avg(abs(b.mid / a.mid - 1)) * 1e4 FROM t a"
                + " ASOF JOIN t b ON a.symbol = b.symbol AND a.at + INTERVAL 5 SECOND <= b.at"
                + " GROUP BY a.symbol"),
        new Question(
            "mean spread by symbol, everything",
            "true",
            "SELECT symbol, avg((ask - bid) / (ask + bid)) * 2e4 FROM %1$s WHERE %2$s"
                + " GROUP BY symbol"),
        new Question(
            "ticks and last number of each run, everything",
            "true",
            "SELECT run_id, count(*), max(seq) FROM %1$s WHERE %2$s GROUP BY run_id"));
  }

  private static double runMs(Statement statement, String sql) throws SQLException {
    long start = System.nanoTime();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        rows.getObject(1);
      }
    }
    return (System.nanoTime() - start) / 1e6;
  }

  /** Rows of the row groups that neither partition nor statistics exclude. */
  private long rowsOfGroups(Statement statement, String where) throws SQLException {
    String overlapping =
        where
            .replaceAll("event_time_us >= (TIMESTAMPTZ '[^']*')", "last_at >= $1")
            .replaceAll("event_time_us < (TIMESTAMPTZ '[^']*')", "first_at < $1");
    return number(
        statement,
        "SELECT sum(rows) FROM (SELECT row_group_num_rows AS rows,"
            + " regexp_extract(file_name, 'date=([^/]*)', 1) AS date,"
            + " regexp_extract(file_name, 'engine=([^/]*)', 1) AS engine,"
            + " TRY_CAST(stats_min_value AS TIMESTAMPTZ) AS first_at,"
            + " TRY_CAST(stats_max_value AS TIMESTAMPTZ) AS last_at"
            + " FROM parquet_metadata('"
            + files
            + "') WHERE path_in_schema = 'event_time_us') WHERE "
            + overlapping);
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  /** What the executed plan says of its scan of the files. */
  private static JsonNode scan(Statement statement, String sql) throws SQLException, IOException {
    try (ResultSet rows = statement.executeQuery("EXPLAIN (ANALYZE, FORMAT json) " + sql)) {
      rows.next();
      String plan = rows.getString(2);
      for (JsonNode node : Json.mapper().readTree(plan).findParents("extra_info")) {
        if (node.path("operator_type").asText().equals("TABLE_SCAN")
            && node.path("extra_info").has("Function")) {
          return node.path("extra_info");
        }
      }
      throw new IllegalStateException("the plan shows no scan of files: " + plan);
    }
  }
}
