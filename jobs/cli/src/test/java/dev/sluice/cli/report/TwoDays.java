// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import dev.sluice.cli.dataset.Parquet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Two days of one healthy engine as datasets, and what can be added to them. A heartbeat each 30 s,
 * a tick each 20 s, a bucket each minute, a fill each ten minutes. Times are from 2026-01-05.
 */
public final class TwoDays {
  static final String DAY_1 = "TIMESTAMPTZ '2026-01-05 00:00:00Z'";
  static final String DAY_2 = "TIMESTAMPTZ '2026-01-06 00:00:00Z'";
  private static final String ENGINE =
      "'mm-1' AS engine_id, 'r1' AS run_id, 'SIMULATED' AS source, i + 1 AS seq, i AS _offset,"
          + " TIMESTAMPTZ '2026-11-01 00:00:00Z' AS ingest_time_us";

  private final Path directory;
  private final int hours;

  /** Days below a directory, from the first on. */
  public TwoDays(Path directory, int hours) {
    this.directory = directory;
    this.hours = hours;
  }

  /** Days that were made before, to change some of. */
  static TwoDays copy(Path from, Path to, int hours) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TwoDays(to, hours);
  }

  /** Everything that a healthy engine with a shadow and a trial leaves behind. */
  public TwoDays all() {
    return health("TRUE")
        .ticks("27.0 + i % 10")
        .buckets("")
        .fills()
        .verdicts("")
        .drift()
        .write(
            "audit",
            """
            SELECT 'net-exposure' AS criterion_id, ['mm-1'] AS engines, %s AS event_time_us, 'PASS' AS outcome, 100.0 * (i %% 5) AS measured, 25000.0 AS "limit", 'quote' AS unit
            """
                .formatted(every(3600)),
            3600)
        .write(
            "parity",
            """
            SELECT 'mm-1' AS engine_id, 'mm-1s' AS shadow_id, %s AS start_us, 3600000 AS width_ms, 'PASS' AS outcome, 40 AS pairs, 1 AS unmatched_live, 0 AS unmatched_shadow,
              0.01 AS fill_ratio_delta, 0.1 AS slippage_delta_bps, 0.0 AS reject_ratio_delta, 1.5 AS realised_pnl_delta, NULL::VARCHAR AS cause
            """
                .formatted(every(3600)),
            3600)
        .write(
            "trials",
            """
            SELECT 'mm-1' AS engine_id, 'wider' AS trial_id, '10' AS stage, %s AS event_time_us, i * 3600000 AS covered_ms, i AS slots_a, i // 9 AS slots_b, 'HOLD' AS wish, 'more data' AS reason,
              [struct_pack(metric := 'net_bps', role := 'GOAL', estimate := 0.2, lower := -0.1, upper := 0.5, unit := 'bps', blocks := i, outcome := 'NO_DATA', reason := 'more')] AS deltas
            """
                .formatted(every(3600)),
            3600)
        .write(
            "notifications",
            "SELECT 'n' || i AS notification_id, 'e' || i AS episode_id, 'WATCHDOG' AS kind, 'webhook' AS channel, 'SENT' AS status, 1 AS attempts, "
                + every(3600)
                + " AS event_time_us",
            3600)
        .audited("");
  }

  /** Heartbeats, those for which the condition on their number {@code i} holds. */
  public TwoDays health(String where) {
    return write(
        "health",
        """
        SELECT %s, %s AS event_time_us, 'build-1' AS build_id, 'config-1' AS config_hash, %s AS started_at_us, 200000000 + i AS rss_bytes, 90000000 AS heap_bytes,
          i * 2 AS gc_pause_ms_total, 'CLOSED' AS breaker, %s AS breaker_since_us, 0 AS ws_reconnects, 0 AS api_errors, 0 AS stale_marks, 0 AS guard_triggers,
          0 AS dropped_events, 0 AS unfilled_orders, 2 AS open_orders, 1000.0 + i / 100 AS equity, i / 100.0 AS realised_pnl, 0.0 AS unrealised_pnl, 'RUN' AS "mode",
          MAP {'pipeline': true} AS flags
        """
            .formatted(ENGINE, every(30), DAY_1, DAY_1),
        30,
        where);
  }

  TwoDays ticks(String totalMs) {
    return write(
        "ticks",
        """
        SELECT %s, %s AS event_time_us, 'SIMUSDT' AS symbol, (%s)::DOUBLE AS total_ms, 150.0 AS deadline_ms, i %% 10 <> 0 AS cache_hit, false AS used_stale,
          500.0 AS cache_age_ms, 4.0 AS stages_fetch_md_ms, 6.0 AS stages_spread_ms, 2.0 AS stages_guards_ms, 2.0 AS stages_inventory_ms,
          4.0 AS stages_queue_aware_ms, 9.0 AS stages_emit_ms
        """
            .formatted(ENGINE, every(20), totalMs),
        20);
  }

  /** Buckets of the symbol and of the whole engine; more rows by SQL. */
  TwoDays buckets(String more) {
    return write(
        "buckets",
        """
        SELECT 'mm-1' AS engine_id, NULL::VARCHAR AS arm, symbol, %s AS start_us, 60000 AS width_ms, 'SIMULATED' AS source, 5 AS events, 0 AS seq_gaps, 0 AS duplicates,
          0 AS reordered, 0 AS late, 0 AS quarantined, 1 AS fills, 100000000 AS notional_e6, 100000000 AS capture_weight_e6, 200000000 AS capture_sum_e6,
          100000000 AS slippage_weight_e6, 0 AS slippage_sum_e6, 100000000 AS fee_weight_e6, 50000000 AS fee_sum_e6,
          100000000 AS markout1s_weight_e6, 0 AS markout1s_sum_e6, 100000000 AS markout5s_weight_e6, -50000000 AS markout5s_sum_e6,
          100000000 AS markout30s_weight_e6, 0 AS markout30s_sum_e6, 100000000 AS markout60s_weight_e6, 0 AS markout60s_sum_e6, NULL::TIMESTAMPTZ AS amended_at_us, i
        """
            .formatted(every(60)),
        60,
        "TRUE",
        "(SELECT unnest(range(:n)) AS i), (VALUES (NULL), ('SIMUSDT')) s(symbol)",
        more);
  }

  TwoDays fills() {
    return write(
        "fills",
        """
        SELECT %s, %s AS event_time_us, 'SIMUSDT' AS symbol, 100.5::DECIMAL(38,18) AS price, 2::DECIMAL(38,18) AS qty, 'MAKER' AS liquidity, 0.02::DECIMAL(38,18) AS fee
        """
            .formatted(ENGINE, every(600)),
        600);
  }

  /** A clear word each hour; more rows by SQL, made with {@link #verdict}. */
  TwoDays verdicts(String more) {
    return write(
        "verdicts",
        verdict("cache-hit", every(3600), "PASS", "CLEAR", "TIMESTAMPTZ '1970-01-01 00:00:00Z'"),
        3600,
        "TRUE",
        "(SELECT unnest(range(:n)) AS i)",
        more);
  }

  static String verdict(String criterion, String time, String outcome, String phase, String began) {
    return """
        SELECT 'mm-1' AS engine_id, '%s' AS criterion_id, 'hash-%s' AS criteria_hash, '' AS scope_key, %s AS event_time_us, '%s' AS outcome, '%s' AS phase,
          %s AS episode_start_us, 'CRITICAL' AS severity, 'PAUSE' AS action, 'ENFORCE' AS "mode", '%s of %s <b>' AS evidence_reason
        """
        .formatted(criterion, criterion, time, outcome, phase, began, outcome, criterion)
        .strip();
  }

  /** A line each two hours; more rows by SQL. */
  TwoDays audited(String more) {
    return write(
        "audit_log",
        """
        SELECT 'mm-1' AS engine_id, i + 1 AS n, %s AS at_us, 'COMMAND_ACCEPTED' AS kind, 'ana' AS who, 'drill' AS why, 'ACKNOWLEDGE' AS what,
          'c' || i AS command_id, NULL::TIMESTAMPTZ AS expires_at_us, NULL::VARCHAR AS criterion_id, 'x' AS hash
        """
            .formatted(every(7200)),
        7200,
        "TRUE",
        "(SELECT unnest(range(:n)) AS i)",
        more);
  }

  TwoDays drift() {
    return write(
        "drift",
        """
        SELECT 'mm-1' AS engine_id, %s AS event_time_us, 600000 AS width_ms, 'PASS' AS outcome, 0.5 AS drift_quote, 0.1 AS drift_bps, 0 AS warnings, 0 AS criticals
        """
            .formatted(every(600)),
        600);
  }

  /** Rows by hand. */
  TwoDays rows(String name, String sql) {
    Parquet.write(directory, name, sql);
    return this;
  }

  private TwoDays write(String name, String select, int seconds) {
    return write(name, select, seconds, "TRUE");
  }

  private TwoDays write(String name, String select, int seconds, String where) {
    return write(name, select, seconds, where, "(SELECT unnest(range(:n)) AS i)", "");
  }

  private TwoDays write(
      String name, String select, int seconds, String where, String from, String more) {
    String n = Integer.toString(hours * 3600 / seconds);
    return rows(
        name,
        select.strip()
            + " FROM "
            + from.replace(":n", n)
            + " WHERE "
            + where
            + (more.isEmpty() ? "" : " UNION ALL BY NAME " + more));
  }

  private static String every(int seconds) {
    return "(" + DAY_1 + " + i * INTERVAL " + seconds + " SECOND)";
  }
}
