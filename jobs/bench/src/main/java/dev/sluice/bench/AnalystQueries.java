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
  private record Question(String name, String sql) {}

  private final String ticks;
  private final Path directory;

  /** On the dataset of ticks below a directory. */
  AnalystQueries(Path directory) {
    this.directory = directory;
    this.ticks =
        "read_parquet('"
            + directory.resolve("dataset=ticks").toString().replace("'", "''")
            + "/**/*.parquet', hive_partitioning = true)";
  }

  /** Asks each question twice, the first time with a connection of its own. */
  List<DatasetReport.Query> ask() throws SQLException, IOException {
    List<DatasetReport.Query> asked = new ArrayList<>();
    for (Question question : questions()) {
      try (Connection connection = connect(directory);
          Statement statement = connection.createStatement()) {
        double firstMs = runMs(statement, question.sql());
        double againMs = runMs(statement, question.sql());
        asked.add(explained(statement, question, firstMs, againMs));
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
    String hour =
        "engine = 'mm-1' AND date = '"
            + day
            + "' AND event_time_us >= TIMESTAMPTZ '"
            + start.plusSeconds(1_800)
            + "' AND event_time_us < TIMESTAMPTZ '"
            + start.plusSeconds(5_400)
            + "'";
    return List.of(
        new Question(
            "p95 of one engine's passes in one hour, by symbol",
            "SELECT symbol, quantile_cont(total_ms, 0.95) FROM "
                + ticks
                + " WHERE "
                + hour
                + " GROUP BY symbol"),
        new Question(
            "missed deadlines by minute, all engines, one day",
            "SELECT time_bucket(INTERVAL 1 MINUTE, event_time_us) AS minute,"
                + " avg((total_ms > deadline_ms)::INT) FROM "
                + ticks
                + " WHERE date = '"
                + day
                + "' GROUP BY minute"),
        new Question(
            "move of the mid in the 5 s after each tick, one engine, one hour",
            "WITH t AS (SELECT symbol, event_time_us AS at, (bid + ask) / 2 AS mid FROM "
                + ticks
                + " WHERE "
                + hour
                + ") SELECT a.symbol, avg(abs(b.mid / a.mid - 1)) * 1e4 FROM t a ASOF JOIN t b"
                + " ON a.symbol = b.symbol AND a.at + INTERVAL 5 SECOND <= b.at GROUP BY a.symbol"),
        new Question(
            "mean spread by symbol, everything",
            "SELECT symbol, avg((ask - bid) / (ask + bid)) * 2e4 FROM "
                + ticks
                + " GROUP BY symbol"),
        new Question(
            "ticks and last number of each run, everything",
            "SELECT run_id, count(*), max(seq) FROM " + ticks + " GROUP BY run_id"));
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

  private static DatasetReport.Query explained(
      Statement statement, Question question, double firstMs, double againMs)
      throws SQLException, IOException {
    try (ResultSet rows =
        statement.executeQuery("EXPLAIN (ANALYZE, FORMAT json) " + question.sql())) {
      rows.next();
      JsonNode scan = scan(Json.mapper().readTree(rows.getString(2)));
      if (scan == null) {
        throw new IllegalStateException("the plan shows no scan of Parquet: " + rows.getString(2));
      }
      JsonNode more = scan.path("extra_info");
      return new DatasetReport.Query(
          question.name(),
          question.sql(),
          firstMs,
          againMs,
          scan.path("operator_cardinality").asLong(),
          more.path("Scanning Files").asText(more.path("Total Files Read").asText("all")),
          more.path("Filters").toString());
    }
  }

  private static JsonNode scan(JsonNode plan) {
    String name = plan.path("operator_name").asText() + plan.path("operator_type").asText();
    if (name.contains("READ_PARQUET") || name.contains("TABLE_SCAN")) {
      return plan;
    }
    for (JsonNode child : plan.isArray() ? plan : plan.path("children")) {
      JsonNode found = scan(child);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
