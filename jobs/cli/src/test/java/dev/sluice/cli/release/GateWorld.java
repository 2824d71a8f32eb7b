// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.cli.dataset.Parquet;
import dev.sluice.rules.baseline.Baseline;
import dev.sluice.rules.baseline.Host;
import dev.sluice.schemas.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A hundred hours of one engine in which every shipped gate passes, up to {@link #END_S}: a tick
 * every five seconds, a heartbeat every minute, an order and its fill every ten; before them, a
 * kill drill. Tests spoil one thing.
 */
final class GateWorld {
  /** 2026-01-10T00:00:00Z. */
  static final long END_S = 1_768_003_200L;

  /** The newest tick, and a microsecond: what {@code --as-of newest} means here. */
  static final long NEWEST_US = (END_S - 5) * 1_000_000 + 1;

  private static final long START_S = END_S - 360_000;
  private static final String WHO = "'mm-1' AS engine_id, 'LIVE' AS source";

  private final Path root;

  GateWorld(Path root) {
    this.root = root;
  }

  /** The datasets. */
  Path datasets() {
    return root.resolve("datasets");
  }

  /** The lock of the run before: the same income. */
  static Baseline baseline() {
    return new Baseline(
        Baseline.SCHEMA,
        "mm-1",
        Source.LIVE,
        List.of("r0"),
        List.of("b0"),
        List.of("c1"),
        0,
        1,
        2,
        new Host("any", 2, 8, "17"),
        new TreeMap<>(),
        1,
        0.0,
        1,
        1.0,
        2.0,
        1.0,
        100);
  }

  /** A configuration without secrets. */
  Path configuration() {
    return root.resolve("config");
  }

  /** Logs without secrets. */
  Path logs() {
    return root.resolve("logs");
  }

  /** Writes everything. */
  GateWorld write() throws IOException {
    events();
    orders();
    judgements();
    people();
    Files.createDirectories(configuration());
    Files.writeString(configuration().resolve("sluice.yaml"), "signing_key_file: \"\"\n");
    Files.createDirectories(logs());
    Files.writeString(logs().resolve("engine.log"), "started\n");
    return this;
  }

  /** The same without a dataset, in another directory. */
  Path without(String dataset, Path directory) throws IOException {
    try (Stream<Path> all = Files.list(datasets())) {
      for (Path one : all.toList()) {
        if (!one.getFileName().toString().equals("dataset=" + dataset)) {
          Files.createSymbolicLink(directory.resolve(one.getFileName()), one);
        }
      }
    }
    return directory;
  }

  private void events() {
    dataset(
        "ticks",
        "SELECT 'tick.v1' AS schema, seq + 1 AS seq, 'r1' AS run_id, "
            + WHO
            + ", TRUE AS cache_hit, 10.0 AS stages_fetch_md_ms, 50.0 AS total_ms, 150.0 AS deadline_ms, "
            + time("seq * 5")
            + " FROM range(72000) t(seq)");
    dataset(
        "health",
        "SELECT 'health.v1' AS schema, seq + 1 AS seq, 'r1' AS run_id, "
            + WHO
            + ", 'b1' AS build_id, 'c1' AS config_hash, "
            + "to_timestamp("
            + START_S
            + ") AS started_at_us, 100000000 AS rss_bytes, 'CLOSED' AS breaker,"
            + " 0 AS ws_reconnects, 0 AS api_errors, 0 AS stale_marks, 0 AS guard_triggers, 0 AS restarts,"
            + " 0 AS unfilled_orders, 'RUN' AS mode, 2 AS control_epoch, MAP {'pipeline': TRUE} AS flags,"
            + " seq * 12 + 1 AS sent_ticks, seq // 10 + 1 AS sent_orders, seq // 10 + 1 AS sent_fills,"
            + " seq + 1 AS sent_ledgers, "
            + equity()
            + ", "
            + time("seq * 60")
            + beats());
    dataset(
        "buckets",
        "SELECT "
            + WHO
            + ", NULL::VARCHAR AS symbol, NULL::VARCHAR AS arm, 0 AS late, to_timestamp("
            + START_S
            + " + seq * 60) AS start_us"
            + beats());
  }

  private void orders() {
    String each =
        WHO
            + ", 'i-' || seq AS intent_id, 'i-' || seq AS correlation_id, 'c-' || seq AS client_order_id, ";
    dataset(
        "orders",
        "SELECT seq + 1 AS seq, 'r1' AS run_id, "
            + each
            + "'i-' || seq AS causation_id, NULL::VARCHAR AS hedge_of, "
            + time("seq * 600")
            + " FROM range(600) t(seq)");
    dataset(
        "fills",
        "SELECT seq + 1 AS seq, 'r1' AS run_id, "
            + each
            + "'c-' || seq AS causation_id, "
            + time("seq * 600")
            + " FROM range(600) t(seq)");
    dataset(
        "dropcopy",
        "SELECT seq + 1 AS seq, 'r1v' AS run_id, "
            + each
            + time("seq * 600")
            + " FROM range(600) t(seq)");
    dataset(
        "ledger",
        "SELECT seq + 1 AS seq, if(book = 'VENUE', 'r1v', 'r1') AS run_id, book, "
            + WHO
            + ", if(book = 'VENUE', seq // 10 + 1, NULL) AS sent_drop_copies, "
            + time("seq * 60")
            + " FROM range(6000) t(seq), (VALUES ('ENGINE'), ('VENUE')) b(book)");
    dataset(
        "drift",
        "SELECT "
            + WHO
            + ", 'PASS' AS outcome, 0.1 AS drift_bps, 0 AS warnings, 0 AS criticals, "
            + time("seq * 60")
            + beats());
    dataset(
        "parity",
        "SELECT "
            + WHO
            + ", 'PASS' AS outcome, 600000 AS width_ms, 20 AS pairs, 0.01 AS fill_ratio_delta,"
            + " 0.1 AS slippage_delta_bps, 0.0 AS reject_ratio_delta, 1.0 AS realised_pnl_delta,"
            + " NULL::VARCHAR AS cause, to_timestamp("
            + START_S
            + " + seq * 600) AS start_us FROM range(599) t(seq)");
  }

  private void judgements() {
    dataset(
        "verdicts",
        "SELECT criterion_id || seq AS verdict_id, criterion_id, 'h' AS criteria_hash, "
            + WHO
            + ", '' AS scope_key, 'PASS' AS outcome, 'CLEAR' AS phase, 'CRITICAL' AS severity,"
            + " NULL::VARCHAR AS action, 'ENFORCE' AS mode, 0.01 AS evidence_measured, 0.05 AS evidence_limit,"
            + " 'fine' AS evidence_reason, to_timestamp(0) AS episode_start_us, to_timestamp("
            + (END_S - 60)
            + " - seq * 300) AS event_time_us FROM range(1190) t(seq),"
            + " (VALUES ('deadline-miss'), ('daily-loss'), ('net-exposure'), ('var')) c(criterion_id)");
    dataset(
        "trials",
        "SELECT "
            + WHO
            + ", 'spread' AS trial_id, '100' AS stage, 1.0 AS treatment_share, 'PASS' AS outcome,"
            + " 'accepted' AS reason, 0 AS slots_a, 2000 AS slots_b, "
            + time("seq * 60")
            + beats());
  }

  private void people() {
    String drill = "to_timestamp(" + (END_S - 432_000) + " + epoch * 60)";
    String decided =
        "SELECT "
            + WHO
            + ", epoch, 'd-' || epoch AS decision_id, %s AS event_time_us".formatted(drill);
    dataset(
        "decisions",
        decided
            + ", if(epoch = 1, 'HALT', 'RUN') AS mode, 'Ada' AS command_who, 'drill' AS command_why,"
            + " 'k-' || epoch AS command_command_id, "
            + drill
            + " AS issued_at_us, []::STRUCT(verdict_id VARCHAR, criterion_id VARCHAR)[] AS cause FROM range(1, 3) t(epoch)");
    dataset(
        "acks",
        decided
            + ", 'EFFECTIVE' AS status, 'r0' AS run_id, epoch AS seq, "
            + drill
            + " + INTERVAL 2 SECOND AS effective_at_us FROM range(1, 3) t(epoch)");
    dataset(
        "commands",
        "SELECT 'mm-1' AS engine_id, 'k-' || epoch AS command_id, 'HALT' AS action, NULL::VARCHAR AS criterion_id, "
            + drill
            + " AS issued_at_us FROM range(1, 3) t(epoch)");
    dataset(
        "notifications",
        "SELECT channel, 'PROBE' AS kind, 'RECEIVED' AS status, '' AS reason, to_timestamp("
            + (END_S - 3600)
            + ") AS event_time_us, to_timestamp("
            + (END_S - 3600)
            + ") AS sent_at_us FROM (VALUES ('alertmanager'), ('webhook')) c(channel)");
  }

  private void dataset(String name, String sql) {
    Parquet.write(datasets(), name, sql);
  }

  /** Two of quote currency an hour, by turns more and less. */
  private static String equity() {
    return "100000.0 + 2 * (seq // 60) + (seq // 60) % 2 AS equity";
  }

  private static String beats() {
    return " FROM range(6000) t(seq)";
  }

  private static String time(String seconds) {
    return "to_timestamp(" + START_S + " + " + seconds + ") AS event_time_us";
  }

  /** Every dataset there is. */
  static List<String> names() {
    return List.of(
        "ticks",
        "health",
        "buckets",
        "orders",
        "fills",
        "dropcopy",
        "ledger",
        "drift",
        "parity",
        "verdicts",
        "trials",
        "decisions",
        "acks",
        "commands",
        "notifications");
  }
}
