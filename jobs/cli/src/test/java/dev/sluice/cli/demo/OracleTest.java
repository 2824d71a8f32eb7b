// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle on events made by SQL, whose due times are known by hand. */
class OracleTest {
  private static final long START_US = 1_767_571_200_000_000L;
  private static final long HOUR_US = 3_600_000_000L;
  @TempDir Path directory;

  @BeforeEach
  void makeDirectories() throws Exception {
    for (String name : new String[] {"ticks", "fills", "health"}) {
      Files.createDirectories(directory.resolve(name));
    }
  }

  @Test
  void aStormLongEnoughIsDueTenMinutesAfterTheFirstBucketInBreach() throws Exception {
    ticks(HOUR_US, HOUR_US + 750_000_000L);
    assertThat(firstTrip(spec("deadline-miss", "deadline_miss_ratio", "1m", "> 0.05", "10m", 60)))
        .isEqualTo(HOUR_US + 610_000_000L);
  }

  @Test
  void aStormTenSecondsTooShortIsNeverDueAlthoughTheWindowSmearsIt() throws Exception {
    ticks(HOUR_US, HOUR_US + 590_000_000L);
    assertThat(firstTrip(spec("deadline-miss", "deadline_miss_ratio", "1m", "> 0.05", "10m", 60)))
        .isNull();
  }

  @Test
  void aStormOfTenMinutesTenIsDueAtItsEnd() throws Exception {
    ticks(HOUR_US, HOUR_US + 610_000_000L);
    assertThat(firstTrip(spec("deadline-miss", "deadline_miss_ratio", "1m", "> 0.05", "10m", 60)))
        .isEqualTo(HOUR_US + 610_000_000L);
  }

  @Test
  void takerShareIsWeighedByNotionalAndHeldForAnHour() throws Exception {
    write(
        "fills",
        """
        SELECT 'mm-1' AS engine_id, make_timestamptz(%d + i * 10000000 + 5000000) AS event_time_us, 100.0::DECIMAL(38,18) AS price,
               CASE WHEN i BETWEEN 360 AND 1079 THEN 0.5 ELSE 1.0 END::DECIMAL(38,18) AS qty,
               CASE WHEN i BETWEEN 360 AND 1079 AND i %% 2 = 0 THEN 'TAKER' ELSE 'MAKER' END AS liquidity
        FROM range(1440) t(i)"""
            .formatted(START_US));
    // x of the last 360 fills are from the fault: x/2 · 0.5 over 360 − x/2 exceeds 0.15 from x =
    // 168 on,
    // evaluated at full minutes: 28 minutes in, held for an hour, with a taker in the last bucket
    // or so.
    assertThat(firstTrip(spec("taker-share", "taker_share", "1h", "> 0.15", "1h", 20)))
        .isEqualTo(HOUR_US + (28 + 1 + 60) * 60_000_000L);
  }

  @Test
  void aSteadyLeakIsDueOnceTheMedianSlopeHasBeenTooHighForAnHour() throws Exception {
    write(
        "health",
        """
        SELECT 'mm-1' AS engine_id, make_timestamptz(%1$d + i * 10000000) AS event_time_us, make_timestamptz(%1$d) AS started_at_us,
               400000000 + greatest(0, i - 720) * 250000000 // 360 AS rss_bytes,
               'CLOSED' AS breaker, make_timestamptz(0) AS breaker_since_us
        FROM range(2520) t(i)"""
            .formatted(START_US));
    long due = firstTrip(spec("memory-leak", "rss_slope_mb_per_h", "2h", "> 100", "1h", 110));
    // The median of all pairs exceeds 100 of 250 MB/h when leaking minutes are about half of the
    // window.
    assertThat(due).isBetween(2 * HOUR_US + 90 * 60_000_000L, 2 * HOUR_US + 150 * 60_000_000L);
    assertThat(due % 60_000_000L).isZero();
  }

  @Test
  void anOpenBreakerIsDueAtTheFirstHeartbeatBeyondTheLimit() throws Exception {
    write(
        "health",
        """
        SELECT 'mm-1' AS engine_id, make_timestamptz(%1$d + i * 10000000) AS event_time_us, make_timestamptz(%1$d) AS started_at_us, 1 AS rss_bytes,
               CASE WHEN i >= 360 THEN 'OPEN' ELSE 'CLOSED' END AS breaker, make_timestamptz(%1$d + 3600000000) AS breaker_since_us
        FROM range(1080) t(i)"""
            .formatted(START_US));
    assertThat(
            firstTrip(
                CriteriaYaml.parse(
                        "t.yaml",
                        """
                        - id: breaker-open
                          metric: breaker_open_s
                          instant: true
                          breach: "> 300"
                          on_missing: {after: 5m, action: PAUSE}
                          severity: critical
                          action: HALT
                        """)
                    .get(0)))
        .isEqualTo(HOUR_US + 310_000_000L);
  }

  private Long firstTrip(CriterionSpec spec) {
    try (Datasets datasets = new Datasets(directory)) {
      var due =
          new Oracle(datasets, "mm-1")
              .firstTrip(spec, START_US + HOUR_US / 2, START_US + 7 * HOUR_US);
      return due.isPresent() ? due.getAsLong() - START_US : null;
    }
  }

  private static CriterionSpec spec(
      String id, String metric, String over, String breach, String hold, int minSamples) {
    return CriteriaYaml.parse(
            "t.yaml",
            """
            - id: %s
              metric: %s
              over: %s
              breach: "%s"
              hold: %s
              min_samples: %d
              on_missing: {after: 2m, action: PAUSE}
              severity: critical
              action: PAUSE
            """
                .formatted(id, metric, over, breach, hold, minSamples))
        .get(0);
  }

  /** Two ticks a second for two hours; all late between the two offsets. */
  private void ticks(long lateFromUs, long lateToUs) throws Exception {
    write(
        "ticks",
        """
        SELECT 'mm-1' AS engine_id, make_timestamptz(%1$d + i * 500000) AS event_time_us, 150.0 AS deadline_ms, true AS cache_hit,
               CASE WHEN i * 500000 BETWEEN %2$d AND %3$d - 1 THEN 400.0 ELSE 5.0 END AS total_ms
        FROM range(14400) t(i)"""
            .formatted(START_US, lateFromUs, lateToUs));
  }

  private void write(String dataset, String sql) throws Exception {
    Path file = directory.resolve(dataset).resolve("part-0.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + sql + ") TO '" + file + "' (FORMAT parquet)");
    }
  }
}
