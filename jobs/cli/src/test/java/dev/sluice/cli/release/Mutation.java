// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.cli.dataset.Datasets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is spoilt of a {@link GateWorld} so that one shipped gate fails.
 *
 * @param gate which
 * @param needs the dataset without which it has no data
 * @param changes of datasets, in this order
 */
record Mutation(String gate, String needs, List<Change> changes) {
  private static final String LATE =
      "event_time_us >= to_timestamp(" + (GateWorld.END_S - 3600) + ")";
  private static final String LAST = "event_time_us = to_timestamp(" + (GateWorld.END_S - 60) + ")";
  private static final String AT = "to_timestamp(" + (GateWorld.END_S - 36_000) + ")";

  /** A dataset is what the query makes of it; {@code {old}} is what it was. */
  record Change(String dataset, String sql) {
    void apply(Datasets datasets) {
      String old = dataset + "_as_it_was";
      datasets.execute("ALTER VIEW main." + dataset + " RENAME TO " + old);
      datasets.execute(
          "CREATE VIEW main." + dataset + " AS " + sql.replace("{old}", "main." + old));
    }
  }

  /** Gates that are read from files, which {@link SecretsGateTest} spoils. */
  static final Set<String> OF_FILES =
      Set.of("no-secrets-in-configuration", "no-secrets-in-logs", "no-secrets-in-evidence");

  /** One for every other shipped gate. */
  static List<Mutation> all() {
    List<Mutation> all = new ArrayList<>();
    preflight(all);
    shadow(all);
    soak(all);
    stored(all);
    parity(all);
    portfolio(all);
    readiness(all);
    exit(all);
    return all;
  }

  private static void preflight(List<Mutation> all) {
    all.add(of("one-build", "health", with("health", "'b' || seq % 2 AS build_id")));
    all.add(of("one-configuration", "health", with("health", "'c' || seq % 2 AS config_hash")));
    all.add(
        of(
            "one-criteria",
            "verdicts",
            with("verdicts", "'h' || epoch_us(event_time_us) // 300000000 % 2 AS criteria_hash")));
    all.add(of("fleet-heard", "health", more("buckets", "'mm-2' AS engine_id", "TRUE")));
    all.add(of("flags-known", "health", with("health", "if(seq % 2 = 0, NULL, flags) AS flags")));
  }

  private static void shadow(List<Mutation> all) {
    all.add(
        of("hour-covered", "ticks", where("ticks", "extract(minute FROM event_time_us) <> 30")));
    all.add(of("hit-ratio", "ticks", with("ticks", "seq % 10 < 6 AS cache_hit")));
    all.add(of("fetch-p95", "ticks", with("ticks", "36.0 AS stages_fetch_md_ms")));
    all.add(of("total-p95", "ticks", with("ticks", "151.0 AS total_ms")));
    all.add(of("miss-ratio", "ticks", with("ticks", "if(seq % 40 = 0, 200.0, 50.0) AS total_ms")));
  }

  private static void soak(List<Mutation> all) {
    String noon =
        "extract(hour FROM event_time_us) = 12 AND extract(minute FROM event_time_us) = 0";
    all.add(
        of("healthy-hours", "ticks", with("health", "if(" + noon + ", 'PAUSE', mode) AS mode")));
    all.add(
        of("running-share", "health", with("health", "if(seq % 50 = 0, 'PAUSE', mode) AS mode")));
    all.add(of("halts", "health", decided("HALT", "NULL")));
    all.add(of("pauses", "health", decided("PAUSE", "NULL")));
    all.add(of("restrictions", "health", decided("REDUCE_ONLY", "NULL")));
    all.add(of("stopped-by-hand", "health", decided("PAUSE", "'Bob'")));
    all.add(
        of(
            "near-misses-reviewed",
            "verdicts",
            more(
                "verdicts",
                "'PENDING' AS phase, 'BREACH' AS outcome, event_time_us - INTERVAL 9 MINUTE AS episode_start_us",
                "criterion_id = 'deadline-miss' AND event_time_us < "
                    + AT
                    + " AND event_time_us >= "
                    + AT
                    + " - INTERVAL 5 MINUTE")));
    all.add(of("drift-reviewed", "drift", with("drift", "if(" + LATE + ", 1, 0) AS warnings")));
    all.add(
        of("no-open-incident", "health", with("health", "if(" + LAST + ", 'HALT', mode) AS mode")));
  }

  private static void stored(List<Mutation> all) {
    all.add(
        of(
            "covered-hours",
            "ticks",
            where(
                "ticks",
                "NOT (event_time_us >= "
                    + AT
                    + " AND event_time_us < "
                    + AT
                    + " + INTERVAL 1 MINUTE)")));
    all.add(
        of(
            "missing-correlation",
            "ticks",
            with("fills", "if(seq = 590, 'nowhere', client_order_id) AS client_order_id")));
    all.add(of("count-delta", "ticks", where("ticks", "seq NOT BETWEEN 71000 AND 71005")));
    all.add(
        of(
            "books-compared",
            "drift",
            with(
                "drift",
                "if(extract(minute FROM event_time_us) < 2, 'NO_DATA', outcome) AS outcome")));
    all.add(
        of(
            "no-critical-difference",
            "drift",
            with("drift", "if(" + LAST + ", 1, 0) AS criticals")));
  }

  private static void parity(List<Mutation> all) {
    all.add(of("parity-fill-ratio", "parity", with("parity", "-0.3 AS fill_ratio_delta")));
    all.add(of("parity-slippage", "parity", with("parity", "6.0 AS slippage_delta_bps")));
    all.add(of("parity-reject-ratio", "parity", with("parity", "0.21 AS reject_ratio_delta")));
    all.add(of("parity-pnl", "parity", with("parity", "-501.0 AS realised_pnl_delta")));
    all.add(of("flags-snapshot", "health", more("health", "'mm-2' AS engine_id", "TRUE")));
    all.add(of("trial-accepted", "trials", with("trials", "'BREACH' AS outcome")));
  }

  private static void portfolio(List<Mutation> all) {
    String cap = "criterion_id = 'net-exposure'";
    all.add(
        of(
            "caps-watched",
            "verdicts",
            with("verdicts", "if(" + cap + " AND " + LAST + ", 'BREACH', outcome) AS outcome")));
    all.add(
        of(
            "caps-kept",
            "verdicts",
            more(
                "verdicts",
                "'BREACH' AS outcome, 'TRIPPED' AS phase, event_time_us AS episode_start_us",
                cap + " AND " + LAST)));
    all.add(
        of(
            "caps-distance",
            "verdicts",
            with("verdicts", "if(" + cap + ", 0.045, evidence_measured) AS evidence_measured")));
  }

  private static void readiness(List<Mutation> all) {
    all.add(of("stale-marks", "health", rises("stale_marks", 1)));
    all.add(of("ws-reconnects", "health", rises("ws_reconnects", 4)));
    all.add(of("api-errors", "health", rises("api_errors", 1)));
    all.add(of("guard-triggers", "health", rises("guard_triggers", 1)));
    all.add(of("unfilled-orders", "health", rises("unfilled_orders", 1)));
    all.add(
        of(
            "breaker-closed",
            "health",
            with("health", "if(" + LAST + ", 'OPEN', breaker) AS breaker")));
    all.add(
        of(
            "liveness",
            "health",
            where(
                "health",
                "NOT (event_time_us >= "
                    + AT
                    + " AND event_time_us < "
                    + AT
                    + " + INTERVAL 6 MINUTE)")));
    all.add(
        of(
            "green-days",
            "health",
            with(
                "health",
                "if(event_time_us >= " + AT + " - INTERVAL 30 HOUR, 1, 0) AS api_errors")));
  }

  private static void exit(List<Mutation> all) {
    String before = "event_time_us < to_timestamp(" + (GateWorld.END_S - 169_200) + ")";
    all.add(
        of(
            "uptime",
            "health",
            with(
                "health",
                "if("
                    + before
                    + ", started_at_us, to_timestamp("
                    + (GateWorld.END_S - 169_200)
                    + ")) AS started_at_us")));
    all.add(of("critical-alerts", "verdicts", tripped("CRITICAL", LAST)));
    all.add(of("warning-alerts", "verdicts", tripped("WARNING", LATE)));
    all.add(
        of(
            "value-at-risk",
            "verdicts",
            with("verdicts", "0.06 AS evidence_measured, 'BREACH' AS outcome")));
    all.add(
        of(
            "rss-drift",
            "health",
            with("health", "if(" + LATE + ", 104000000, rss_bytes) AS rss_bytes")));
    all.add(of("pnl-drift", "health", with("health", "equity + seq / 60.0 AS equity")));
    all.add(of("restarts", "health", with("health", "if(" + LATE + ", 'r2', run_id) AS run_id")));
    all.add(
        of(
            "probe-received",
            "notifications",
            with("notifications", "if(channel = 'webhook', 'FAILED', status) AS status")));
    all.add(
        of(
            "kill-drill",
            "decisions",
            with("acks", "effective_at_us + INTERVAL 14 SECOND AS effective_at_us")));
  }

  private static Mutation of(String gate, String needs, Change... changes) {
    return new Mutation(gate, needs, List.of(changes));
  }

  private static Change with(String dataset, String values) {
    return new Change(dataset, "SELECT * REPLACE (" + values + ") FROM {old}");
  }

  private static Change where(String dataset, String condition) {
    return new Change(dataset, "SELECT * FROM {old} WHERE " + condition);
  }

  static Change more(String dataset, String values, String condition) {
    return new Change(
        dataset,
        "SELECT * FROM {old} UNION ALL BY NAME SELECT * REPLACE ("
            + values
            + ") FROM {old} WHERE "
            + condition);
  }

  private static Change rises(String counter, int to) {
    return with("health", "if(" + LATE + ", " + to + ", 0) AS " + counter);
  }

  private static Change decided(String mode, String who) {
    return more(
        "decisions",
        "'"
            + mode
            + "' AS mode, 3 AS epoch, "
            + who
            + " AS command_who, "
            + AT
            + " AS event_time_us",
        "epoch = 1");
  }

  private static Change tripped(String severity, String when) {
    return more(
        "verdicts",
        "'TRIPPED' AS phase, '"
            + severity
            + "' AS severity, 'ALERT' AS action, event_time_us AS episode_start_us",
        "criterion_id = 'deadline-miss' AND " + when);
  }
}
