// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.engine.fault.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that lack at the edges, and rows of decisions and verdicts that lack, are seen. */
class CompletenessTest {
  private static final long START_US = 1_767_571_200_000_000L;
  private static final String SCENARIO =
      """
      name: test
      description: nothing goes wrong
      start: 2026-01-05T00:00:00Z
      duration: 10m
      seed: 1
      engine: mm-1
      ticks_per_second: 1
      symbols: [SIMUSDT]
      """;
  private static final long MINUTE_US = 60_000_000L;
  private Set<String> engines = Set.of("mm-1");
  @TempDir Path directory;

  @BeforeEach
  void write() throws Exception {
    // Ten minutes of buckets, and two past the end.
    write(
        "buckets",
        "SELECT 'mm-1' AS engine_id, make_timestamptz(%d + i * 10000000) AS start_us, 10000 AS width_ms,"
            + " NULL::VARCHAR AS symbol, NULL::VARCHAR AS arm FROM range(62) t(i)");
    write("decisions", "SELECT %d + i AS epoch FROM range(2) t(i)");
    write("verdicts", "SELECT %d + i AS verdict_id FROM range(5) t(i)");
  }

  @Test
  void agreesWithTheTopicsAndTheScenario() {
    Map<String, Completeness.Line> lines = lines(2, 5, START_US, START_US + 10 * MINUTE_US);
    assertThat(lines.get("buckets").problem()).isNull();
    assertThat(lines.get("decisions").problem()).isNull();
    assertThat(lines.get("verdicts").problem()).isNull();
  }

  @Test
  void seesADecisionOrAVerdictThatWasNotStored() {
    Map<String, Completeness.Line> lines = lines(3, 4, START_US, START_US + 10 * MINUTE_US);
    assertThat(Completeness.problems(lines))
        .contains(
            "decisions: 2 rows, but 3 were seen on the topic",
            "verdicts: 5 rows, but 4 were seen on the topic");
  }

  @Test
  void seesBucketsThatLackAtTheStartOrTheEnd() {
    assertThat(lines(2, 5, START_US - MINUTE_US, START_US + 10 * MINUTE_US).get("buckets"))
        .extracting(Completeness.Line::problem)
        .isEqualTo("60 starts between the run's start and its end, which has 66");
    assertThat(lines(2, 5, START_US, START_US + 11 * MINUTE_US).get("buckets"))
        .extracting(Completeness.Line::problem)
        .isEqualTo("62 starts between the run's start and its end, which has 66");
  }

  @Test
  void seesAnEngineThatHasNoBuckets() {
    engines = Set.of("mm-1", "mm-1-shadow");
    assertThat(lines(2, 5, START_US, START_US + 10 * MINUTE_US).get("buckets").problem())
        .isEqualTo("none of mm-1-shadow");
  }

  private Map<String, Completeness.Line> lines(
      long decisions, long verdicts, long startUs, long endUs) {
    try (Datasets datasets = new Datasets(directory)) {
      return Completeness.of(
          directory,
          datasets,
          new Completeness.Seen(decisions, verdicts, startUs, endUs, engines),
          topic -> 0,
          Scenario.parse(SCENARIO, "test"));
    }
  }

  private void write(String dataset, String sql) throws Exception {
    Path file = Files.createDirectories(directory.resolve(dataset)).resolve("part-0.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (" + sql.formatted(START_US) + ") TO '" + file + "' (FORMAT parquet)");
    }
  }
}
